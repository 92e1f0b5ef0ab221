import type { ApprovalDecision } from '#lib/core/approval.ts';
import { threadPath } from '../thread-path.ts';
import type { Uploaded } from '../upload-file.ts';

/** A command on its way to Choir: the request that carries it, and what the person sees of it. */
export type OutboxEntry = {
  /** Place in the line; given by the store. */
  order: number;
  /** Goes with the request as `requestId`, so that Choir takes it once. */
  id: string;
  /** Who said it: Choir takes it from nobody else. */
  userId: string;
  at: string;
  path: string;
  body: Record<string, unknown>;
  /** The person's own words, or empty for an answer without any. */
  words: string;
  /** What comes along with them. */
  files?: readonly Uploaded[];
  about: EntryAbout;
  state: 'waiting' | 'refused';
  /** Why Choir refused, in its words. */
  why?: string;
};

/** What a command is: it decides where its state shows. */
export type EntryAbout =
  | { kind: 'goal' }
  | { kind: 'message'; threadId: string }
  | { kind: 'answer'; threadId: string; approvalId: string; decision: ApprovalDecision };

export type NewEntry = Pick<OutboxEntry, 'path' | 'body' | 'words' | 'files' | 'about'>;

/** What became of a try to send. `later`: Choir could not be reached, or has no time; the same request may go again. */
export type SendOutcome = { state: 'sent'; reply: unknown } | { state: 'later' } | { state: 'refused'; status: number; why: string };

/** What became of an entry that left the line. */
export type LastOutcome = Exclude<SendOutcome, { state: 'later' }>;

/** What the pages and the service worker of a device tell each other of its outbox. */
export type OutboxNews = 'changed' | { entry: OutboxEntry; outcome: LastOutcome } | { forgotten: string };

/** Words to a thread, as they are stored and sent. */
export function messageEntry(threadId: string, text: string): NewEntry {
  const path = threadPath(threadId, '/messages');
  return { path, body: { text }, words: text, about: { kind: 'message', threadId } };
}
