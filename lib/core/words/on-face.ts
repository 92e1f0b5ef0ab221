import type { FaceName } from '#lib/core/event.ts';

/** Where somebody did something, as words behind their name. */
export const onFace: Record<FaceName, string> = {
  pwa: 'in the app',
  telegram: 'in Telegram',
  cli: 'in the terminal',
  api: 'through the API',
};
