import type { LedgerEvent } from '#lib/core/event.ts';
import type { TypingFrame } from './wire/wire.ts';

/** Per call: the end of what it has written so far. Under the id of the run: the end of what its agent is saying. */
export type Typing = Readonly<Record<string, string>>;

const shownCharacters = 2_000;

export function addFrames(typing: Typing, frames: readonly TypingFrame[]): Typing {
  const next: Record<string, string> = { ...typing };
  for (const { callId, text } of frames) next[callId] = ((next[callId] ?? '') + text).slice(-shownCharacters);
  return next;
}

/** The finished result is in the ledger: what was typed on the way to it is over. */
export function endTyping(typing: Typing, events: readonly LedgerEvent[]): Typing {
  const ended = new Set<string>();
  for (const event of events) {
    if (event.type === 'tool.finished') ended.add(event.data.callId);
    // A question that is about no call comes in place of what the agent was about to say.
    if (event.type === 'approval.requested' && !event.data.callId && event.runId) ended.add(event.runId);
    if ((event.type === 'message.posted' || event.type === 'model.answered') && event.runId) ended.add(event.runId);
    if (event.type === 'run.completed' || event.type === 'run.failed' || event.type === 'run.cancelled') return {};
  }
  if (ended.size === 0) return typing;
  return Object.fromEntries(Object.entries(typing).filter(([callId]) => !ended.has(callId)));
}

export function lastLines(text: string, count: number): string {
  return text.trimEnd().split('\n').slice(-count).join('\n');
}
