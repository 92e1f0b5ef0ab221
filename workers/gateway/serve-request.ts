import type { IncomingMessage, ServerResponse } from 'node:http';
import type { ProviderId } from '#lib/core/model-call.ts';
import { isActive } from '#lib/core/state.ts';
import type { Ledger } from '#lib/ledger/create-ledger.ts';
import { forwardCall } from './forward-call.ts';
import { readModelRequest } from './model-request.ts';
import { findRoute, type ModelRoute, presentedToken } from './model-route.ts';
import { type CallLimits, createCallLimit } from './money/call-limit.ts';
import type { ErrorStatus } from './provider-error.ts';
import { readBody } from './read-body.ts';
import { readRunToken } from './run-token.ts';
import { sendError } from './send-error.ts';
import { type CountingParts, serveCountedCall } from './serve-counted-call.ts';
import { type Upstream, upstreamHeaders, upstreamUrl } from './upstream.ts';

type Parts = CountingParts & {
  ledger: Ledger;
  upstreams: ReadonlyMap<ProviderId, Upstream>;
  /** Signs run tokens. */
  secret: Buffer;
  stop: AbortSignal;
};

const megabyte = 1024 * 1024;
const largestBody = 32 * megabyte;
const runLimits: CallLimits = { open: 64, perMinute: 600, bytes: 2 * largestBody };

const refusals = {
  token: 'This key is good for one run of Choir only, and only until that run ends.',
  calls: `A run may have ${runLimits.open} calls to models open at once, and make ${runLimits.perMinute} in a minute.`,
  bytes: `A request to a model may have ${largestBody / megabyte} MB, all that a run sends at once ${runLimits.bytes / megabyte} MB.`,
};

type Refuse = (status: ErrorStatus, message: string) => void;

/** Answers what comes out of a sandbox: whose it is, where it may go, and that nothing is in it which may not. Never throws; each answer ends or breaks off. */
export function createRequestServer(parts: Parts): (request: IncomingMessage, response: ServerResponse) => Promise<void> {
  const { ledger, upstreams, secret, stop, dispatcher } = parts;
  const limit = createCallLimit(runLimits);

  return async (request, response) => {
    const { method = '', url = '' } = request;
    const found = findRoute(method, url);
    const refuse: Refuse = (status, message) => sendError(response, found.ok ? found.route.provider : found.provider, status, message);
    if (!found.ok) return refuse(404, `The model gateway does not serve ${method} ${url.split('?')[0]?.slice(0, 200)}.`);
    try {
      await serve(found.route, request, response, refuse);
    } catch (error) {
      if (request.destroyed && !request.complete) return;
      console.error(`A call could not be served: ${error instanceof Error ? error.message : error}`);
      refuse(503, 'The model gateway cannot work now. Try again.');
    }
  };

  async function serve(route: ModelRoute, request: IncomingMessage, response: ServerResponse, refuse: Refuse): Promise<void> {
    const { method, url = '', headers } = request;
    const { provider, protocol, model, isFree } = route;
    // Heard from the first: a client may be gone before its request is read, and no answer to it would ever drain.
    const gone = new AbortController();
    response.once('close', () => gone.abort('Nobody waited for the whole answer.'));
    const token = presentedToken(provider, headers, url);
    const claimed = readRunToken(secret, token);
    if (!claimed) return refuse(401, refusals.token);
    const place = limit.enter(claimed.runId);
    if (!place) return refuse(429, refusals.calls);
    try {
      const { run, workspaceId, projectId } = await ledger.load(claimed.threadId);
      if (run?.runId !== claimed.runId || !isActive(run)) return refuse(401, refusals.token);
      const upstream = upstreams.get(provider);
      if (!upstream) return refuse(404, `No key for ${provider} is set in this installation of Choir.`);
      const body = await readBody(request, largestBody, place.hold);
      if (!body) return refuse(413, refusals.bytes);
      const read = protocol && readModelRequest(protocol, model, body);
      if (read && !read.ok) return refuse(400, read.message);
      const call = {
        url: upstreamUrl(upstream, route),
        method: method as 'GET' | 'POST',
        headers: upstreamHeaders(upstream, headers),
        redact: (text: string) => [upstream.key ?? '', token].reduce(withoutSecret, text),
        signal: AbortSignal.any([gone.signal, stop]),
      };
      if (read && !isFree) {
        const spending = { ...claimed, workspaceId, projectId, agent: run.agent };
        const { isUnpricedAllowed } = run;
        return await serveCountedCall(parts, { ...call, ...read, upstream, protocol, run: spending, isUnpricedAllowed, response });
      }
      const transfer = await forwardCall(dispatcher, { ...call, body: read ? read.request.body(null) : null }, response);
      if ('reply' in transfer && transfer.reply) return refuse(transfer.reply, transfer.error);
      if (transfer.ended === 'whole' || transfer.ended === 'refused') response.end();
      else response.destroy();
    } finally {
      place.leave();
    }
  }
}

/** A server of one's own may take any word for its key: one that is as short as a word is no secret. */
function withoutSecret(text: string, secret: string): string {
  return secret.length < 8 ? text : text.replaceAll(secret, '...');
}
