import type { NotificationChoice, NotificationKind } from '#lib/core/notification.ts';

/** What is known of one notification and its person at `now`. */
export type NotificationFacts = {
  kind: NotificationKind;
  choice: NotificationChoice;
  at: Date;
  now: Date;
  graceSeconds: number;
  quietUntil: Date | null;
  /** A device of theirs shows the thread. */
  isLookedAt: boolean;
  /** The question is answered or taken back, or the thread went on with another run. */
  isOver: boolean;
};

export type NotificationDecision = { do: 'send' } | { do: 'wait'; until: Date } | { do: 'drop'; reason: string };

const lookAgainMs = 15_000;

/** Whether a person is told now, later or not at all. A question waits for as long as they look at it; an ending that they saw is no news. */
export function decideNotification(facts: NotificationFacts): NotificationDecision {
  const { kind, choice, at, now, graceSeconds, quietUntil, isLookedAt, isOver } = facts;
  if (kind === 'test') return { do: 'send' };
  const isEnding = kind === 'done' || kind === 'failed';
  if (isOver) return { do: 'drop', reason: isEnding ? 'the thread went on' : 'answered in time' };
  if (choice === 'none' || (choice === 'questions' && isEnding)) return { do: 'drop', reason: 'not wanted for this thread' };
  const grace = new Date(at.getTime() + graceSeconds * 1_000);
  if (grace > now) return { do: 'wait', until: grace };
  if (isLookedAt)
    return isEnding ? { do: 'drop', reason: 'seen in the thread' } : { do: 'wait', until: new Date(now.getTime() + lookAgainMs) };
  return quietUntil ? { do: 'wait', until: quietUntil } : { do: 'send' };
}
