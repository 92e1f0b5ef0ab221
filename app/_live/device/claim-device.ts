import { leavePage } from '../leave-page.ts';
import { forgetWords } from './forget-words.ts';
import { personKey } from './kept-key.ts';
import { pagePerson } from './page-person.ts';

/** Whoever signs in gets what they left here unsent themselves; what anybody else left is forgotten first. Never rejects. */
export async function claimDevice(userId: string): Promise<void> {
  if (readPerson() !== userId) await forgetWords();
  try {
    localStorage.setItem(personKey, userId);
  } catch {
    // No storage on this device: nothing will be kept.
  }
}

/** Leaves a page of one person as soon as another one signs in beside it: nothing more is typed there for the wrong one. Gives the way to stop. */
export function leaveWhenClaimed(): () => void {
  const heard = ({ key, newValue }: StorageEvent) => {
    const person = pagePerson();
    if (key === personKey && newValue && person && newValue !== person) leavePage('another-person');
  };
  window.addEventListener('storage', heard);
  return () => window.removeEventListener('storage', heard);
}

function readPerson(): string | null {
  try {
    return localStorage.getItem(personKey);
  } catch {
    return null;
  }
}
