import { isIP, type LookupFunction } from 'node:net';
import { Agent, fetch, type Response } from 'undici';
import { DomainError } from '#lib/core/domain-error.ts';
import { isPublicAddress } from '#lib/net/public-address.ts';
import { publicLookup } from '#lib/net/public-lookup.ts';

const mostRedirects = 5;
const patienceMs = 8_000;

/** What an address outside answered: the first bytes of it. `url`: where it was in the end. */
export type Outside = { url: string; type: string; bytes: Buffer };

/** Which addresses may be asked. A test on this machine's own servers says otherwise. */
export type Reach = { lookup: LookupFunction; isAllowed(address: string): boolean };
const publicReach: Reach = { lookup: publicLookup, isAllowed: isPublicAddress };

/**
 * Reads up to `keepBytes` of an http(s) address on the public internet, redirects followed. Each address on the way is resolved once, and exactly what
 * was resolved is connected to. No cookies, no credentials. Throws `invalid` for what may not be asked, `unavailable` for what does not answer.
 */
export async function fetchOutside(address: string, keepBytes: number, reach: Reach = publicReach): Promise<Outside> {
  const dispatcher = new Agent({ connect: { lookup: reach.lookup } });
  const signal = AbortSignal.timeout(patienceMs);
  try {
    let url = checked(address, reach);
    for (let hops = 0; hops <= mostRedirects; hops += 1) {
      const answer = await fetch(url, {
        dispatcher,
        signal,
        redirect: 'manual',
        headers: { accept: 'text/html, application/xml, */*;q=0.5', 'user-agent': 'Choir' },
      });
      const next = answer.status >= 300 && answer.status < 400 ? answer.headers.get('location') : null;
      if (next === null) return await readAnswer(url, answer, keepBytes);
      await answer.body?.cancel();
      url = checked(new URL(next, url).href, reach);
    }
    throw new DomainError('unavailable', 'This address only leads on to others.');
  } catch (error) {
    if (error instanceof DomainError) throw error;
    throw new DomainError('unavailable', 'This address does not answer.');
  } finally {
    await dispatcher.destroy();
  }
}

function checked(address: string, { isAllowed }: Reach): URL {
  const url = URL.parse(address);
  if (!url || !/^https?:$/.test(url.protocol)) throw new DomainError('invalid', 'This is no web address.');
  const host = url.hostname.replaceAll(/^\[|\]$/g, '');
  if (isIP(host) && !isAllowed(host)) throw new DomainError('invalid', 'This address points into a private network.');
  url.username = '';
  url.password = '';
  return url;
}

async function readAnswer(url: URL, answer: Response, keepBytes: number): Promise<Outside> {
  if (!answer.ok) throw new DomainError('unavailable', `This address answers with ${answer.status}.`);
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of answer.body ?? []) {
    chunks.push(chunk);
    size += chunk.length;
    if (size >= keepBytes) break;
  }
  const type = answer.headers.get('content-type')?.split(';')[0]?.trim().toLowerCase() ?? '';
  return { url: url.href, type, bytes: Buffer.concat(chunks).subarray(0, keepBytes) };
}
