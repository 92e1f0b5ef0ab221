import { isIP } from 'node:net';
import { DomainError } from '#lib/core/domain-error.ts';
import { isPublicAddress } from '#lib/net/public-address.ts';

/**
 * The address at which a browser's push service takes messages, or `invalid`: whoever is signed in names it, and Choir sends there. Https on a host in
 * the internet, where names are looked up by `publicLookup`; `testOrigin` alone may be another.
 */
export function checkPushEndpoint(endpoint: string, testOrigin?: string): URL {
  const url = URL.canParse(endpoint) ? new URL(endpoint) : null;
  if (!url || url.username || url.password) throw new DomainError('invalid', 'This is no address of a push service.');
  if (testOrigin && url.origin === testOrigin) return url;
  if (url.protocol !== 'https:') throw new DomainError('invalid', 'A push service is reached over https.');
  const host = url.hostname.replace(/^\[|\]$/g, '');
  if (isIP(host) ? !isPublicAddress(host) : !host.includes('.'))
    throw new DomainError('invalid', 'A push service is a public one, and this address is private.');
  return url;
}
