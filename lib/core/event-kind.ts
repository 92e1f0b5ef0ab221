import type { EventType } from './event.ts';

/** What a person filters a ledger by. */
export const eventKinds = ['words', 'plan', 'call', 'approval', 'checkpoint', 'run', 'model', 'rule'] as const;
export type EventKind = (typeof eventKinds)[number];

const kinds: Record<EventType, EventKind> = {
  'thread.created': 'run',
  'goal.given': 'words',
  'run.queued': 'run',
  'run.started': 'run',
  'run.resumed': 'run',
  'run.completed': 'run',
  'run.failed': 'run',
  'run.cancelled': 'run',
  'run.preflighted': 'run',
  'guidance.given': 'words',
  'guidance.delivered': 'words',
  'message.posted': 'words',
  'plan.proposed': 'plan',
  'step.started': 'plan',
  'step.finished': 'plan',
  'tool.proposed': 'call',
  'tool.started': 'call',
  'tool.finished': 'call',
  'approval.requested': 'approval',
  'approval.answered': 'approval',
  'approval.delivered': 'approval',
  'approval.executed': 'approval',
  'approval.withdrawn': 'approval',
  'model.called': 'model',
  'model.answered': 'model',
  'context.compacted': 'model',
  'context.collected': 'model',
  'session.started': 'run',
  'session.ended': 'run',
  'rule.added': 'rule',
  'rule.revoked': 'rule',
  'rule.enforced': 'rule',
  'checkpoint.created': 'checkpoint',
  'checkpoint.named': 'checkpoint',
  'thread.reverted': 'checkpoint',
};

/** The kind that a type of event is filtered by. */
export function kindOf(type: EventType): EventKind {
  return kinds[type];
}

/** The types of event of a kind. */
export function typesOf(kind: EventKind): EventType[] {
  return (Object.keys(kinds) as EventType[]).filter((type) => kinds[type] === kind);
}
