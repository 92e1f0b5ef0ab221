import { limitReached } from '#lib/core/limits/limit-reached.ts';
import { askForMoney, stopAtLimit } from '#workers/run/run-limit.ts';
import { defaultLimits } from '#workers/sandbox/sandbox.ts';
import type { Act } from './acp/scribe.ts';
import { readUpdate } from './acp/session-update.ts';
import { answerRequest, permissionIn } from './answer-request.ts';
import { AgentRefused, ProgramEnded } from './endings.ts';
import { answerToolCall } from './mcp/answer-tool-call.ts';
import { modelTrouble } from './model-trouble.ts';
import { nextPrompt, promptMethod, readTurn, type Turn, toldGuidance } from './next-prompt.ts';
import type { News } from './program/wire.ts';
import { recordActs } from './record-acts.ts';
import { refusedAgain } from './refused-again.ts';
import { createSavingClock } from './save-by-clock.ts';
import { sendPrompt, tellDelivered } from './send-prompt.ts';
import { settleUntold, sinceMs } from './settle-call.ts';
import { type Beginning, loadSnapshot, type Sitting } from './sitting.ts';

const stopMs = 60_000;
/** To whatever an agent asks while it is to stop. */
const turnedAway = { outcome: { outcome: 'cancelled' } };
const stopTold = 'Not done: stop here, the person wants something else.';

/** Works with the agent until its turns are over, or until a person must answer. Throws `ProgramEnded`, `MustBeUndone`, `AgentRefused`. */
export async function runTurns(sitting: Sitting, beginning: Beginning): Promise<'over' | 'waits'> {
  const { context, wire, protocol, scribe, door } = sitting;
  let turn: Turn | null = null;
  /** When the agent was told to stop its turn, while it has not. */
  let interruptedAt: number | null = null;
  /** Of all that it planned before this worker came, the last. */
  let pastPlan: Act | null = null;
  const saveByClock = createSavingClock(sitting);

  async function hear(news: Exclude<News, { kind: 'woken' }>): Promise<void> {
    const { line, isPast } = news;
    if (news.kind === 'ended') throw new ProgramEnded(news.detail);
    if (news.kind === 'update') {
      const update = readUpdate(news.params);
      const acts = update ? scribe.hear(line, update) : [];
      if (isPast) pastPlan = acts.findLast(({ type }) => type === 'planned') ?? pastPlan;
      const callEnded = await recordActs(sitting, isPast ? acts.filter(({ type }) => type !== 'planned') : acts, line, isPast);
      if (callEnded && !isPast) await interruptIfWanted();
    } else if (news.kind === 'asked') {
      const request = permissionIn(news);
      if (request) await recordActs(sitting, scribe.asked(line, request.toolCall).acts, line, isPast);
    } else if (news.kind === 'answered' && news.method === promptMethod) {
      await recordActs(sitting, scribe.flush(), line, isPast);
      interruptedAt = null;
      turn = readTurn(news);
    }
  }

  function isPrompted(): boolean {
    return wire.conversation.unanswered().some(({ method }) => method === promptMethod);
  }

  /** Between two tool calls is where words of the person, or a limit, come in; a call at its limit has as long as any command has by default. */
  async function interruptIfWanted(): Promise<void> {
    if (interruptedAt !== null && Date.now() - interruptedAt > stopMs) throw new ProgramEnded('It did not stop when it was told to.');
    if (interruptedAt !== null || !isPrompted()) return;
    const { run } = await loadSnapshot(context);
    const reached = limitReached(run, Date.now());
    const running = run.calls.filter(({ status }) => status === 'running');
    if (running.some(({ startedAt }) => !reached || sinceMs(startedAt) < defaultLimits.timeoutMs)) return;
    const told = new Set(toldGuidance(run, wire.conversation.sent(promptMethod)));
    const hasWords = run.guidance.some(({ delivered, guidanceId }) => !delivered && !told.has(guidanceId));
    if (!hasWords && !reached) return;
    interruptedAt = Date.now();
    for (const { id } of wire.conversation.open()) await wire.answer(id, turnedAway);
    for (const { key } of door?.open() ?? []) door?.answer(key, { text: stopTold, isError: true });
    await wire.notify('session/cancel', { sessionId: run.session?.agentSessionId });
  }

  async function endWithoutKey(): Promise<void> {
    const { run } = await loadSnapshot(context);
    const toMend = run.cost.calls > 0 && run.cost.inputTokens === 0 ? await modelTrouble(context, { inTurn: true }) : null;
    if (toMend) throw new AgentRefused(toMend);
  }

  async function endCircle(): Promise<void> {
    const why = refusedAgain((await loadSnapshot(context)).run);
    if (why) throw new AgentRefused(why);
  }

  async function goOn(): Promise<'prompted' | 'over' | 'waits'> {
    await settleUntold(sitting, turn?.stopReason === 'end_turn');
    const snapshot = await loadSnapshot(context);
    const prompts = wire.conversation.sent(promptMethod);
    await tellDelivered(context, toldGuidance(snapshot.run, prompts));
    if (await stopAtLimit(context, snapshot)) return 'waits';
    // An agent tells of a call that no budget allowed in words of its own, and some take it for an end.
    if (turn && snapshot.run.refusal !== null && (await askForMoney(context, snapshot))) return 'waits';
    const toMend = turn && (await modelTrouble(context, { inTurn: false }));
    if (toMend) throw new AgentRefused(toMend);
    const next = nextPrompt({ run: snapshot.run, prompts, turn, endsOnReject: protocol.onReject === 'ends-turn' });
    if (turn?.trouble && next?.why !== 'raised') throw new AgentRefused(turn.trouble);
    if (!next) return 'over';
    turn = null;
    await sendPrompt(sitting, snapshot, beginning, next);
    return 'prompted';
  }

  while (beginning.how === 'running' && wire.isBehind()) {
    const news = await wire.next();
    if (news.kind !== 'woken') await hear(news);
  }
  if (pastPlan) await recordActs(sitting, [pastPlan], wire.line(), true);
  for (;;) {
    for (const asked of wire.conversation.open()) {
      if (interruptedAt !== null) await wire.answer(asked.id, turnedAway);
      else if ((await answerRequest(sitting, asked)) === 'waits') return 'waits';
      await endCircle();
      await interruptIfWanted();
    }
    for (const request of door?.open() ?? []) {
      // What was said before it is said whole: the program tells of the call only later.
      await recordActs(sitting, scribe.flush(), wire.line(), false);
      if (door && (await answerToolCall(sitting, door, request)) === 'waits') return 'waits';
      await endCircle();
      await interruptIfWanted();
    }
    const result = isPrompted() ? 'prompted' : await goOn();
    if (result !== 'prompted') return result;
    const news = await wire.next();
    if (news.kind === 'woken') {
      await endWithoutKey();
      await saveByClock();
      await interruptIfWanted();
    } else await hear(news);
  }
}
