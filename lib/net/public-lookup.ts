import { lookup } from 'node:dns';
import type { LookupFunction } from 'node:net';
import { isPublicAddress } from './public-address.ts';

/**
 * For `net.connect`: a name's public addresses only, so what is checked is what is connected to; a name that is asked for again may give another
 * address. It is not asked about a host that is an address itself.
 */
export const publicLookup: LookupFunction = (host, options, callback) => {
  lookup(host, { ...options, all: true }, (error, found) => {
    const allowed = (found ?? []).filter(({ address }) => isPublicAddress(address));
    const [first] = allowed;
    if (error) callback(error, '');
    else if (!first) callback(new Error('The address is in a private network.'), '');
    else if (options.all) callback(null, allowed);
    else callback(null, first.address, first.family);
  });
};
