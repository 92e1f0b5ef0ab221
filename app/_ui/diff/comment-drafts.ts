import { keepWords, keptWords } from '../../_live/device/kept-words.ts';
import { storageKey, withWordsBack } from '../base/use-draft.ts';

export type CommentDraft = { path: string; words: string };

/** Id of the draft of a comment on a file. */
export function commentKey(threadId: string, path: string): string {
  return `${threadId}:comment:${path}`;
}

/** The comments on any file of a thread that were begun on this device and not sent. */
export function commentDrafts(threadId: string): CommentDraft[] {
  const prefix = storageKey(commentKey(threadId, ''));
  try {
    return Object.entries(localStorage).flatMap(([key, words]) =>
      key.startsWith(prefix) ? [{ path: key.slice(prefix.length), words: String(words) }] : [],
    );
  } catch {
    // No storage on this device: such words went with their field.
    return [];
  }
}

/** Lets a comment go; with `asMessage` its words stand in the field of the thread from now on. */
export function releaseComment(threadId: string, { path, words }: CommentDraft, asMessage: boolean): void {
  const message = storageKey(threadId);
  if (asMessage) keepWords(message, withWordsBack(keptWords(message), `${path}: ${words}`));
  keepWords(storageKey(commentKey(threadId, path)), '');
}
