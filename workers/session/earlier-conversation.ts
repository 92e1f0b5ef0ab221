import type { LedgerEvent } from '#lib/core/event.ts';
import { isHidden } from '#lib/core/state.ts';
import { readEvents } from '#lib/ledger/read-events.ts';
import { readHistory } from '#lib/threads/read-history.ts';
import { markData } from '#workers/agents/model/context/mark-data.ts';
import { treeChanges } from '#workers/agents/tree-changes.ts';
import type { RunContext, RunSnapshot } from '#workers/run/run-context.ts';
import { cleanText } from './acp/clean-text.ts';

/**
 * The conversation that this agent had in this thread before. `hasSpoken`: it did or said something in it; one that was killed before may not know of
 * it. `news`: what became of the files since.
 */
export type Earlier = { agentSessionId: string; hasSpoken: boolean; news: string[] };

const ofFiles = ['thread.reverted', 'checkpoint.created', 'approval.requested', 'approval.answered', 'rule.enforced'] as const;
const types = ['session.started', 'session.ended', 'message.posted', 'tool.proposed', ...ofFiles] as const;
const summaryLength = 8_000;
const namedFiles = 30;

/** Null when there is none, or when a person took the conversation back: then the agent must not remember it either. */
export async function findEarlier({ database, agent }: RunContext, { state }: RunSnapshot): Promise<Earlier | null> {
  let agentSessionId: string | null = null;
  const runs = new Set<string | undefined>();
  let since: LedgerEvent[] = [];
  const spoken = new Set<string>();
  for await (const events of readEvents(database, state.threadId, { types })) {
    for (const event of events) {
      if (event.type === 'session.started' && event.agentId === agent.description.id && !isHidden(state.hidden, event.seq)) {
        agentSessionId = event.data.agentSessionId;
        runs.add(event.runId);
        since = [];
      } else if (event.type === 'session.ended' && runs.has(event.runId)) since = [];
      else if (ofFiles.some((type) => type === event.type)) {
        if (event.type === 'thread.reverted' && event.data.scope !== 'code') agentSessionId = null;
        since.push(event);
      } else if (agentSessionId !== null && event.actor === 'agent' && event.agentId === agent.description.id) spoken.add(agentSessionId);
    }
  }
  if (!agentSessionId) return null;
  const news = treeChanges(since, ({ runId, data }) => data.kind !== 'person' && runs.has(runId));
  return { agentSessionId, hasSpoken: spoken.has(agentSessionId), news: [...newsOfTurn(since, runs), ...news] };
}

/** The agent remembers all that it changed, whatever was kept of it. */
function newsOfTurn(since: LedgerEvent[], runs: ReadonlySet<string | undefined>): string[] {
  const own = since.filter(({ runId }) => runs.has(runId));
  const turns = new Set(own.flatMap(({ type, data }) => (type === 'approval.requested' && data.kind === 'turn' ? [data.approvalId] : [])));
  return own.flatMap(({ type, data }) => {
    if (type === 'rule.enforced') return [`The rule “${data.text}” took back what you changed last: look at the files again.`];
    if (type !== 'approval.answered' || !turns.has(data.approvalId)) return [];
    if (data.decision === 'reject') return ['The person kept nothing of what you changed last: look at the files again.'];
    return [
      ...namedNews('The person kept only some files of what you changed last: look at all of them again.', 'kept files', data.keepPaths),
      ...namedNews(
        'The person took parts of what you changed last out of these files: look at them again.',
        'files kept in part',
        data.dropHunks?.map(({ path }) => path),
      ),
    ];
  });
}

function namedNews(words: string, label: string, paths: string[] | undefined): string[] {
  return paths ? [`${words}\n${markData(label, [...new Set(paths)].slice(0, namedFiles).join('\n'))}`] : [];
}

/** What happened in the thread before this goal, for an agent that does not know it. Empty when nothing did. */
export async function summarizeThread({ database }: RunContext, { state, run }: RunSnapshot): Promise<string> {
  const lines = (await readHistory(database, state)).flatMap((event) => {
    if (event.type === 'goal.given' && event.data.goalId !== run.goalId) return [`Goal: ${event.data.text}`];
    if (event.type === 'guidance.given') return [`The person said: ${event.data.text}`];
    if (event.type === 'message.posted' && event.actor === 'agent') return [`You said: ${event.data.text.slice(0, 500)}`];
    if (event.type === 'tool.finished') return [`A tool call ${event.data.result.status}.`];
    return event.type === 'run.completed' ? [`It ended: ${event.data.summary.slice(0, 500)}`] : [];
  });
  return cleanText(lines.join('\n'), summaryLength);
}
