import type { SavedFile } from '#lib/files/save-file.ts';
import { RequestError } from '../../_live/request.ts';

/** The checkpoint that a text was edited on, and what was sent to be saved there without an answer: it may have arrived. */
export type Edit = { base: string; unanswered?: string };

type SaveParts = {
  put(text: string, base: string): Promise<SavedFile>;
  /** Told what is known of the edit before and after each sending, so that whoever goes on with it knows it too. */
  track(edit: Edit): void;
};

/**
 * Saves a text. What was sent before it without an answer is sent once more first, which is taken once: then the new text stands on it, and does not
 * conflict with it. Rejects with what `put` does.
 */
export async function saveEdit(text: string, edit: Edit, parts: SaveParts): Promise<SavedFile> {
  const { unanswered } = edit;
  if (unanswered === undefined || unanswered === text) return sendEdit(text, edit, parts);
  const { checkpointId } = await sendEdit(unanswered, edit, parts);
  return sendEdit(text, { base: checkpointId }, parts);
}

async function sendEdit(text: string, edit: Edit, { put, track }: SaveParts): Promise<SavedFile> {
  track({ ...edit, unanswered: text });
  try {
    const saved = await put(text, edit.base);
    track({ base: saved.checkpointId });
    return saved;
  } catch (error) {
    const isRefused = error instanceof RequestError && error.status >= 400 && error.status < 500;
    if (isRefused) track(edit);
    throw error;
  }
}
