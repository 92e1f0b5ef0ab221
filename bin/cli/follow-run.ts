import { unheardWords } from '#lib/core/fold/goal-of-unheard.ts';
import { isActive, openApprovals, type RunStatus, type ThreadState } from '#lib/core/state.ts';
import type { Consent } from './answer.ts';
import { exitCodes } from './cli-error.ts';
import type { Client } from './client.ts';
import { followThread } from './follow-thread.ts';
import { askQuestions } from './questions.ts';
import { describeEvent } from './render/describe-event.ts';
import type { Terminal } from './terminal.ts';

export type FollowOptions = {
  threadId: string;
  runId: string;
  /** Where to begin; without it, from the thread's first event. */
  from?: ThreadState;
  /** Events up to this seq are history: shown, but not asked again. */
  historySeq?: number;
  consent: Consent;
  json: boolean;
  /** Stop once the plan waits for its answer instead of asking. */
  untilPlan?: boolean;
};

const endedCodes: Partial<Record<RunStatus, number>> = {
  completed: exitCodes.completed,
  failed: exitCodes.failed,
  cancelled: exitCodes.failed,
};

/**
 * Shows a run until it ends, and asks what it asks; also the next one, where words that came too late for the first became its goal. Returns the exit
 * code of the last; Ctrl-C leaves the run going and says so.
 */
export async function followRun(client: Client, terminal: Terminal, options: FollowOptions): Promise<number> {
  const { threadId, runId, from, historySeq = 0, consent, json, untilPlan = false } = options;
  const prompt = terminal.interactive && !json;
  const questions = askQuestions(client, terminal, { consent, prompt });
  const onLost = () => terminal.note('The connection to Choir is lost. Trying again; the run itself goes on.');
  if (from && from.seq >= historySeq && !untilPlan) questions.update(from);
  let following: string | undefined = runId;
  try {
    for await (const { state, event } of followThread(client, { threadId, from, signal: terminal.signal, onLost })) {
      if (json) terminal.print(JSON.stringify(event));
      else for (const line of describeEvent(state, event, terminal.style)) terminal.print(line);
      if (event.type === 'run.queued') following ??= event.runId;
      const { run } = state;
      if (!run || run.runId !== following) continue;
      if (!isActive(run)) {
        if (run.status === 'cancelled' || unheardWords(run).length === 0) return endedCodes[run.status] ?? exitCodes.failed;
        following = undefined;
        continue;
      }
      if (untilPlan && openApprovals(state).some(({ kind }) => kind === 'plan')) return exitCodes.completed;
      if (!untilPlan && state.seq >= historySeq) questions.update(state);
    }
  } finally {
    questions.close();
  }
  terminal.note(`\nThe run goes on. Follow it again: npx choir follow ${threadId} · Stop it: npx choir cancel ${threadId}`);
  return exitCodes.interrupted;
}
