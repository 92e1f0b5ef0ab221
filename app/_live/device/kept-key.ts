/** What Choir does not have: drafts, edits of files, ticks at what was looked through. Forgotten with who wrote it. */
const kinds = ['draft', 'edit', 'reviewed'] as const;

/** Under which this device keeps what a person wrote. */
export type KeptKey = `choir-${(typeof kinds)[number]}:${string}`;

/** Under which it keeps whose all of it is. */
export const personKey = 'choir-person';

export function isPersons(key: string): boolean {
  return key === personKey || kinds.some((kind) => key.startsWith(`choir-${kind}:`));
}
