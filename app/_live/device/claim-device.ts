import { forgetWords } from './forget-words.ts';

const key = 'choir-person';

/** Whoever signs in gets what they left here unsent themselves; what anybody else left is forgotten first. Never rejects. */
export async function claimDevice(userId: string): Promise<void> {
  if (readPerson() !== userId) await forgetWords();
  try {
    localStorage.setItem(key, userId);
  } catch {
    // No storage on this device: nothing will be kept.
  }
}

function readPerson(): string | null {
  try {
    return localStorage.getItem(key);
  } catch {
    return null;
  }
}
