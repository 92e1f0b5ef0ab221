import { lookup } from 'node:dns/promises';
import { isIP } from 'node:net';
import { DomainError } from '#lib/core/domain-error.ts';
import { isPublicAddress } from '#lib/net/public-address.ts';

/** One address of a host that lies on the public internet. Throws `invalid` when any of its addresses does not, `unavailable` when it has none. */
export async function resolvePublicAddress(host: string): Promise<string> {
  const addresses = isIP(host)
    ? [host]
    : await lookup(host, { all: true }).then(
        (found) => found.map(({ address }) => address),
        () => [],
      );
  const [first] = addresses;
  if (!first) throw new DomainError('unavailable', 'This address has no server: check the host name.');
  if (!addresses.every(isPublicAddress))
    throw new DomainError('invalid', 'This address points into a private network. Choir clones only from the public internet.');
  return first;
}
