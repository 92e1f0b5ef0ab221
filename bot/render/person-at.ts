import type { FaceName } from '#lib/core/event.ts';
import type { Origin } from '#lib/core/state.ts';

/** What somebody is called where this is read. */
export type NameOf = (origin: Pick<Origin, 'userId' | 'cause'>) => string;

const elsewhere: Record<FaceName, string> = {
  telegram: '',
  pwa: ' in the app',
  cli: ' in the terminal',
  api: ' through the API',
};

/** Who did something, and where, unless it was here. */
export function personAt(origin: Pick<Origin, 'userId' | 'cause' | 'via'>, nameOf: NameOf, face = origin.via): string {
  return `${nameOf(origin)}${face ? elsewhere[face] : ''}`;
}
