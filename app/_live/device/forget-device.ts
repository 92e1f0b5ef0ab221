import { askWorker } from '../service-worker/ask-worker.ts';
import { forgetWords } from './forget-words.ts';

/** Leaves nothing of the person on this device: pages that were kept, notifications, and what they wrote. Never rejects. */
export async function forgetDevice(): Promise<void> {
  await askWorker({ type: 'forget' });
  await forgetWords();
}
