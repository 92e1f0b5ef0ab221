import type { CheckpointState } from '#lib/core/state.ts';
import { proseLine } from './safe-text.ts';

const nameLimit = 80;

/** What a checkpoint is called inside of a sentence: the name that a person gave it, or what it is of, without a full stop. */
export function checkpointName({ name, label }: Pick<CheckpointState, 'name' | 'label'>): string {
  return proseLine(name ?? label.trim().replace(/(?<=[^.])\.$/, ''), nameLimit);
}
