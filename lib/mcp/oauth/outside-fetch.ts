import { isIP } from 'node:net';
import type { FetchLike } from '@modelcontextprotocol/sdk/shared/transport.js';
import { Agent, fetch } from 'undici';
import { isPublicAddress } from '#lib/net/public-address.ts';
import { publicLookup } from '#lib/net/public-lookup.ts';

const timeoutMs = 10_000;
const answerLimitBytes = 512 * 1024;

/**
 * A fetch for addresses that somebody outside names: no redirect, no long wait, no long answer; over https to public addresses, unless
 * `privateAddress` says that the owner's own server is a private one. Throws.
 */
export function outsideFetch({ privateAddress }: { privateAddress: boolean }): FetchLike {
  return async (address, init) => {
    const url = new URL(address);
    if (!privateAddress) requirePublic(url);
    const dispatcher = new Agent({ connect: privateAddress ? {} : { lookup: publicLookup } });
    try {
      const wanted = { ...init, redirect: 'error', dispatcher, signal: AbortSignal.timeout(timeoutMs) };
      const answer = await fetch(url, wanted as Parameters<typeof fetch>[1]);
      const body = await readAll(answer.body);
      const empty = body.length === 0 || answer.status === 204;
      return new Response(empty ? null : body, { status: answer.status, headers: [...answer.headers] });
    } finally {
      await dispatcher.destroy();
    }
  };
}

function requirePublic({ protocol, hostname }: URL): void {
  const host = hostname.replaceAll(/^\[|\]$/g, '');
  if (protocol !== 'https:') throw new Error('The address is not https.');
  if (isIP(host) && !isPublicAddress(host)) throw new Error('The address is in a private network.');
}

async function readAll(body: AsyncIterable<Uint8Array> | null): Promise<Buffer<ArrayBuffer>> {
  const chunks: Uint8Array[] = [];
  let bytes = 0;
  for await (const chunk of body ?? []) {
    bytes += chunk.length;
    if (bytes > answerLimitBytes) throw new Error('The answer is far too long.');
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}
