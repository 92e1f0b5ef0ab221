import { type RunSnapshot, record } from '#workers/run/run-context.ts';
import { stopAtLimit } from '#workers/run/run-limit.ts';
import { ProgramCrashed } from '../endings.ts';
import { createSavingClock } from '../save-by-clock.ts';
import { loadSnapshot } from '../sitting.ts';
import { answeredPrompt, askAboutScreen, concludePrompt, isStillAsked, outcomes, typeAnswer } from './answer-prompt.ts';
import { nextWords } from './next-words.ts';
import { readScreen, stillnessFor } from './read-screen.ts';
import { finishCommand, saveProgress, tellPrinted } from './tell-thread.ts';
import type { TerminalSitting } from './terminal-sitting.ts';
import { typedRequest } from './typed-request.ts';

const lookEveryMs = 5_000;

/**
 * Watches the terminal and types what is to be typed, until the program is ready with nothing left to say, has ended, or a person must answer.
 * Throws `ProgramCrashed`, `ProgramEnded`, `SessionTaken`, `MustBeUndone`.
 */
export async function tendTerminal(sitting: TerminalSitting): Promise<'over' | 'waits'> {
  const { protocol, terminal, context } = sitting;
  const saveByClock = createSavingClock(sitting);
  for (;;) {
    const snapshot = await loadSnapshot(context);
    if (await writeDownTold(sitting, snapshot)) continue;
    if (await stopAtLimit(context, snapshot)) return 'waits';
    const view = terminal.view();
    if (view.exited) {
      if (view.exited.code === null && !view.interrupted) throw new ProgramCrashed('A signal ended the program.');
      await tellUntyped(sitting, snapshot);
      return finish(sitting, snapshot);
    }
    const reading = readScreen(protocol, view);
    const leftMs = stillnessFor(reading, protocol, view) - terminal.stillMs();
    if (leftMs > 0) {
      await saveByClock();
      await terminal.next(Math.min(leftMs, lookEveryMs));
      continue;
    }
    const answered = answeredPrompt(snapshot);
    const words = nextWords(snapshot.run, view.told);
    if (answered && isStillAsked(sitting, answered)) {
      if (!(await typeAnswer(sitting, answered))) await concludePrompt(context, snapshot, answered, 'Not used: your words came too late.');
    } else if (words) {
      if (reading === 'idle' && words.isGuidance) await settleTurn(sitting, snapshot);
      await terminal.say(typedRequest(words.text, words.about));
    } else if (answered) await concludePrompt(context, snapshot, answered, 'Not used: the screen had changed since it was asked.');
    else if (reading === 'idle') return finish(sitting, snapshot);
    else {
      await askAboutScreen(sitting, snapshot, reading);
      return 'waits';
    }
  }
}

/** What the log says was typed, and the ledger does not know of. */
async function writeDownTold({ context, terminal }: TerminalSitting, snapshot: RunSnapshot): Promise<boolean> {
  const { told } = terminal.view();
  const answered = answeredPrompt(snapshot);
  if (answered?.answer && told.has(answered.approvalId)) {
    await concludePrompt(context, snapshot, answered, outcomes[answered.answer.decision]);
    return true;
  }
  const { runId, guidance } = snapshot.run;
  const guidanceIds = guidance
    .filter(({ delivered, guidanceId }) => !delivered && told.has(guidanceId))
    .map(({ guidanceId }) => guidanceId);
  if (guidanceIds.length > 0) await record(context, 'choir', [{ type: 'deliver-guidance', runId, guidanceIds }]);
  return guidanceIds.length > 0;
}

/** They were for this program, and are no command of their own. */
async function tellUntyped({ context, terminal }: TerminalSitting, { run }: RunSnapshot): Promise<void> {
  const { told } = terminal.view();
  const untyped = run.guidance.filter(({ delivered, approvalId, guidanceId }) => !delivered && !approvalId && !told.has(guidanceId));
  if (untyped.length === 0) return;
  const words = untyped.map(({ text }) => `> ${text.replaceAll('\n', '\n> ')}`).join('\n\n');
  await record(context, 'choir', [
    { type: 'post-message', runId: run.runId, text: `The program had ended before this could be typed:\n\n${words}` },
    { type: 'deliver-guidance', runId: run.runId, guidanceIds: untyped.map(({ guidanceId }) => guidanceId) },
  ]);
}

async function settleTurn(sitting: TerminalSitting, snapshot: RunSnapshot): Promise<void> {
  await tellPrinted(sitting, snapshot);
  await saveProgress(sitting);
}

async function finish(sitting: TerminalSitting, snapshot: RunSnapshot): Promise<'over'> {
  const answered = answeredPrompt(snapshot);
  if (answered) await concludePrompt(sitting.context, snapshot, answered, 'Not used: the program did not wait for it any more.');
  await tellPrinted(sitting, snapshot);
  await finishCommand(sitting);
  return 'over';
}
