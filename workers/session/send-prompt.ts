import { rulesInForce } from '#lib/rules/rules-in-force.ts';
import { rulesNews } from '#workers/agents/rules-news.ts';
import { type RunContext, type RunSnapshot, record } from '#workers/run/run-context.ts';
import { summarizeThread } from './earlier-conversation.ts';
import { type NextPrompt, promptMethod, promptParams, promptText } from './next-prompt.ts';
import { continuePrompt, goalPrompt, guidancePrompt, refusedPrompt } from './prompt-text.ts';
import type { Beginning, Sitting } from './sitting.ts';
import { skillsPrompt } from './skills.ts';

/** Says to the agent what comes next. It stands in the session's log before the ledger calls any words delivered. */
export async function sendPrompt(
  { context, wire }: Sitting,
  snapshot: RunSnapshot,
  beginning: Beginning,
  { why, guidance }: NonNullable<NextPrompt>,
): Promise<void> {
  const { run } = snapshot;
  const words = guidance.length > 0 ? [guidancePrompt(guidance)] : [];
  const first = why === 'begin' ? [await firstWords(context, snapshot, beginning)] : [];
  const goOn = 'Go on.';
  const text = {
    begin: [...first, ...words].join('\n\n'),
    raised: words.join('') || goOn,
    guidance: words.join(''),
    refused: refusedPrompt(run),
    stopped: goOn,
  }[why];
  const rules = await rulesInForce(context.database, { ...snapshot.state, runId: run.runId });
  const news = rulesNews(rules, wire.conversation.sent(promptMethod).map(promptText));
  const said = news ? `${news}\n\n${text}` : text;
  await wire.send(promptMethod, promptParams(run, run.session?.agentSessionId ?? '', said, guidance));
  await tellDelivered(
    context,
    guidance.map(({ guidanceId }) => guidanceId),
  );
}

export async function tellDelivered(context: RunContext, guidanceIds: string[]): Promise<void> {
  if (guidanceIds.length > 0) await record(context, 'choir', [{ type: 'deliver-guidance', runId: context.runId, guidanceIds }]);
}

async function firstWords(context: RunContext, snapshot: RunSnapshot, { how, isFirst, news }: Beginning): Promise<string> {
  const { run } = snapshot;
  const summary = how === 'restarted' ? await summarizeThread(context, snapshot) : '';
  const skills = isFirst || how !== 'resumed' ? await skillsPrompt(context, snapshot) : '';
  if (isFirst) return goalPrompt(run, { skills, summary, news });
  const answered = run.approvals.filter(({ answer, executed, kind }) => answer && !executed && (kind === 'action' || kind === 'outside'));
  return continuePrompt(run, answered, { skills, summary, news });
}
