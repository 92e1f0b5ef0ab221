import { lookup } from 'node:dns/promises';
import { BlockList, isIP } from 'node:net';
import { DomainError } from '#lib/core/domain-error.ts';

/** Everything that is not the public internet: loopback, private, link-local, carrier, documentation, multicast, reserved, translated. */
const inside = new BlockList();
for (const range of [
  '0.0.0.0/8 10.0.0.0/8 100.64.0.0/10 127.0.0.0/8 169.254.0.0/16 172.16.0.0/12 192.0.0.0/24 192.0.2.0/24 192.88.99.0/24',
  '192.168.0.0/16 198.18.0.0/15 198.51.100.0/24 203.0.113.0/24 224.0.0.0/4 240.0.0.0/4',
].flatMap((line) => line.split(' '))) {
  const [network = '', bits] = range.split('/');
  inside.addSubnet(network, Number(bits), 'ipv4');
}
const global6 = new BlockList();
global6.addSubnet('2000::', 3, 'ipv6');
for (const [network, bits] of [
  ['2001::', 23],
  ['2001:db8::', 32],
  ['2002::', 16],
  ['3fff::', 20],
] as const) {
  inside.addSubnet(network, bits, 'ipv6');
}

export function isPublicAddress(address: string): boolean {
  const family = isIP(address);
  if (family === 4) return !inside.check(address, 'ipv4');
  return family === 6 && global6.check(address, 'ipv6') && !inside.check(address, 'ipv6');
}

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
