import { isHidden } from '#lib/core/state.ts';
import { readEvents } from '#lib/ledger/read-events.ts';
import { readHistory } from '#lib/threads/read-history.ts';
import type { RunContext, RunSnapshot } from '#workers/run/run-context.ts';
import { cleanText } from './acp/clean-text.ts';

/**
 * The conversation that this agent had in this thread before. `hasSpoken`: it did or said something in it; one that was killed before may not know of
 * it. `revertedSince`: code went back behind its back.
 */
export type Earlier = { agentSessionId: string; hasSpoken: boolean; revertedSince: boolean };

const types = ['session.started', 'thread.reverted', 'message.posted', 'tool.proposed'] as const;
const summaryLength = 8_000;

/** Null when there is none, or when a person took the conversation back: then the agent must not remember it either. */
export async function findEarlier({ database, agent }: RunContext, { state }: RunSnapshot): Promise<Earlier | null> {
  let agentSessionId: string | null = null;
  let revertedSince = false;
  const spoken = new Set<string>();
  for await (const events of readEvents(database, state.threadId, { types })) {
    for (const event of events) {
      if (event.type === 'session.started' && event.agentId === agent.description.id && !isHidden(state.hidden, event.seq)) {
        agentSessionId = event.data.agentSessionId;
        revertedSince = false;
      } else if (event.type === 'thread.reverted') {
        if (event.data.scope !== 'code') agentSessionId = null;
        revertedSince = true;
      } else if (agentSessionId !== null && event.actor === 'agent' && event.agentId === agent.description.id) spoken.add(agentSessionId);
    }
  }
  return agentSessionId ? { agentSessionId, hasSpoken: spoken.has(agentSessionId), revertedSince } : null;
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
