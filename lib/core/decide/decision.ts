import type { EventData, NewEvent } from '../event.ts';

export type RefusalReason =
  | 'already-exists'
  | 'no-thread'
  | 'run-active'
  | 'no-active-run'
  | 'not-this-run'
  | 'not-this-worker'
  | 'approval-unknown'
  | 'approval-open'
  | 'approval-closed'
  | 'checkpoint-moved'
  | 'checkpoint-unknown'
  | 'call-unknown'
  | 'call-not-open'
  | 'step-unknown';
export type Decision = { ok: true; events: NewEvent[] } | { ok: false; reason: RefusalReason; message: string };

/** Nothing happens, for a reason that a person can read. */
export function refuse(reason: RefusalReason, message: string): Decision {
  return { ok: false, reason, message };
}

/** These events happen, in one append. */
export function accept(...events: NewEvent[]): Decision {
  return { ok: true, events };
}

/** Makes an event of the command's author and time. */
export type Make = <Type extends NewEvent['type']>(type: Type, data: EventData<Type>, runId?: string) => NewEvent;
