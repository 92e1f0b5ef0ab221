import { once } from 'node:events';
import type { ServerResponse } from 'node:http';
import type { Dispatcher } from 'undici';
import type { ErrorStatus } from './provider-error.ts';
import { downstreamHeaders } from './upstream.ts';
import type { Meter } from './wire/create-meter.ts';
import { errorIn, listIn, objectIn } from './wire/reading.ts';

export type UpstreamCall = {
  url: URL;
  method: 'GET' | 'POST';
  headers: Record<string, string>;
  body: Buffer | null;
  /** Takes what nobody inside may read out of a provider's error. */
  redact: (text: string) => string;
  signal: AbortSignal;
  /** Reads along once the provider has accepted the call. */
  meter?: Pick<Meter, 'begin' | 'push'>;
};

/** How far a call came. `reply`: what to tell the client, whose answer has not begun; else the answer stands on its own, whole or broken off. */
export type Transfer =
  | { ended: 'whole' }
  | { ended: 'refused'; error: string }
  | { ended: 'gone' | 'stalled' | 'unreachable' | 'broken'; error: string; reply?: ErrorStatus };

const largestError = 64 * 1024;
/** A key that is refused is refused again: Claude Code would ask six times. */
const noMoreTries = { 'x-should-retry': 'false' };

/** Sends a call up and streams its answer down as it comes, no faster than the client reads. Never throws; leaves the response open at its end. */
export async function forwardCall(dispatcher: Dispatcher, call: UpstreamCall, response: ServerResponse): Promise<Transfer> {
  try {
    const { url, method, headers, body, signal } = call;
    const answer = await dispatcher.request({ origin: url.origin, path: url.pathname + url.search, method, headers, body, signal });
    if (answer.statusCode >= 400) return await passError(answer, call, response);
    if (answer.statusCode >= 300 || (answer.headers['content-encoding'] ?? 'identity') !== 'identity') {
      if (answer.statusCode < 300) call.meter?.begin('');
      answer.body.on('error', () => {}).destroy();
      return {
        ended: 'broken',
        error: `The provider answered in a way that cannot be passed on (status ${answer.statusCode}).`,
        reply: 502,
      };
    }
    const kept = downstreamHeaders(answer.headers);
    call.meter?.begin(kept['content-type'] ?? '');
    response.writeHead(answer.statusCode, kept);
    response.flushHeaders();
    for await (const chunk of answer.body) {
      call.meter?.push(chunk);
      if (!response.write(chunk)) await once(response, 'drain', { signal });
    }
    return { ended: 'whole' };
  } catch (error) {
    return { ...classify(error, call), ...(response.headersSent ? {} : { reply: statusOf(error) }) };
  }
}

async function passError(answer: Dispatcher.ResponseData, call: UpstreamCall, response: ServerResponse): Promise<Transfer> {
  const chunks: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of answer.body) {
    bytes += chunk.length;
    if (bytes > largestError) break;
    chunks.push(chunk);
  }
  const text = call.redact(Buffer.concat(chunks).toString());
  const isLost = answer.statusCode === 401 || answer.statusCode === 403;
  response.writeHead(answer.statusCode, { ...downstreamHeaders(answer.headers), ...(isLost ? noMoreTries : {}) });
  response.write(text);
  return { ended: 'refused', error: `${answer.statusCode}: ${messageIn(text)}` };
}

/** A provider's own words, out of its error's JSON where it is such. */
function messageIn(text: string): string {
  try {
    const value: unknown = JSON.parse(text);
    return errorIn(objectIn(Array.isArray(value) ? listIn(value)[0] : value).error) ?? text.slice(0, 500);
  } catch {
    return text.slice(0, 500);
  }
}

function codeOf(error: unknown): string {
  return error instanceof Error && 'code' in error ? String(error.code) : '';
}

function isStall(error: unknown): boolean {
  return /^UND_ERR_(?:HEADERS|BODY)_TIMEOUT$/.test(codeOf(error));
}

function statusOf(error: unknown): ErrorStatus {
  return isStall(error) ? 504 : 502;
}

function classify(
  error: unknown,
  { signal, url, redact }: UpstreamCall,
): { ended: 'gone' | 'stalled' | 'unreachable' | 'broken'; error: string } {
  if (signal.aborted) return { ended: 'gone', error: String(signal.reason) };
  if (isStall(error)) return { ended: 'stalled', error: 'The provider said nothing for too long.' };
  const code = codeOf(error);
  if (/^(?:ECONNREFUSED|ENOTFOUND|EAI_AGAIN|EHOSTUNREACH|ENETUNREACH|UND_ERR_CONNECT_TIMEOUT)$/.test(code) || code.includes('CERT'))
    return { ended: 'unreachable', error: `${url.host} cannot be reached (${code}).` };
  return {
    ended: 'broken',
    error: `The provider's answer broke off (${redact(code || (error instanceof Error ? error.message : 'unknown'))}).`,
  };
}
