import type { Origin } from '#lib/core/state.ts';
import { onFace } from '#lib/core/words/on-face.ts';

/** What somebody is called where this is read. */
export type NameOf = (origin: Pick<Origin, 'userId' | 'cause'>) => string;

/** Who did something, and where, unless it was here. */
export function personAt(origin: Pick<Origin, 'userId' | 'cause' | 'via'>, nameOf: NameOf, face = origin.via): string {
  return `${nameOf(origin)}${face && face !== 'telegram' ? ` ${onFace[face]}` : ''}`;
}
