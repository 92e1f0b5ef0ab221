const alphabet = '0123456789abcdefghjkmnpqrstvwxyz';

export type IdPrefix =
  | 'ws'
  | 'us'
  | 'de'
  | 'tk'
  | 'pr'
  | 'th'
  | 'go'
  | 'gu'
  | 'ru'
  | 'st'
  | 'ca'
  | 'ap'
  | 'an'
  | 'mc'
  | 'rl'
  | 'se'
  | 'ms'
  | 'cp'
  | 'ev'
  | 'wk'
  | 'no'
  | 'ps'
  | 'rq'
  | 'up';

/** A fresh id such as `th_8k2m...`: the prefix names the entity, then 80 random bits in Crockford base 32. */
export function newId(prefix: IdPrefix): string {
  let id = `${prefix}_`;
  for (const byte of crypto.getRandomValues(new Uint8Array(16))) id += alphabet[byte & 31];
  return id;
}
