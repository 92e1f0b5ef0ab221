import type { SavedFile } from '#lib/files/save-file.ts';
import { RequestError } from '../../_live/request.ts';

/** The checkpoint that a text was edited on, and what was sent to be saved there without an answer: any of it may have arrived. */
export type Edit = { base: string; unanswered?: string[] };

type Put = (text: string, base: string) => Promise<SavedFile>;

type SaveParts = {
  put: Put;
  /** Told what is known of the edit before and after each sending, so that whoever goes on with it knows it too. */
  track(edit: Edit): void;
};

/** Saves a text: on what was sent before it without an answer, where that has arrived, and not against it. Rejects with what `put` does. */
export async function saveEdit(text: string, edit: Edit, parts: SaveParts): Promise<SavedFile> {
  const { put, track } = parts;
  const { base, unanswered = [] } = edit;
  track({ base, unanswered: [...new Set([...unanswered, text])] });
  try {
    const saved = await put(text, base);
    track({ base: saved.checkpointId });
    return saved;
  } catch (error) {
    // Choir itself says no before it writes anything. What stands before it may give up on what arrives all the same, and what breaks may break after that.
    const isRefused = error instanceof RequestError && error.status < 500 && error.code !== undefined;
    if (isRefused) track(edit);
    const arrived = hasMoved(error) && (await findArrived(unanswered, base, put));
    if (arrived) return saveEdit(text, { base: arrived.checkpointId }, parts);
    throw error;
  }
}

/** The file is another one than at the base, so only what stands there can be sent once more: that is taken, and changes nothing. */
async function findArrived(texts: readonly string[], base: string, put: Put): Promise<SavedFile | null> {
  for (const text of texts) {
    try {
      return await put(text, base);
    } catch (error) {
      if (!hasMoved(error)) throw error;
    }
  }
  return null;
}

export function hasMoved(error: unknown): boolean {
  return error instanceof RequestError && error.reason === 'file-moved';
}
