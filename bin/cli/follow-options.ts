import type { Consent } from './answer.ts';

/** What every command that follows a run takes. */
export const followOptions = {
  yes: { type: 'boolean', short: 'y', default: false },
  'yes-outside': { type: 'boolean', default: false },
  json: { type: 'boolean', default: false },
} as const;

export function readFollowOptions(values: { yes: boolean; 'yes-outside': boolean; json: boolean }): { consent: Consent; json: boolean } {
  return { consent: { yes: values.yes, yesOutside: values['yes-outside'] }, json: values.json };
}
