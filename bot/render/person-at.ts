import type { FaceName } from '#lib/core/event.ts';

const elsewhere: Record<FaceName, string> = {
  telegram: '',
  pwa: ' in the app',
  cli: ' in the terminal',
  api: ' through the API',
};

/** Who did something, and where, unless it was here. */
export function personAt(name: string, via: FaceName | undefined): string {
  return `${name}${via ? elsewhere[via] : ''}`;
}
