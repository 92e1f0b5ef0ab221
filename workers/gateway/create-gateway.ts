import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { Agent } from 'undici';
import type { Services } from '#lib/context.ts';
import type { ProviderId } from '#lib/core/model-call.ts';
import { isActive } from '#lib/core/state.ts';
import { forwardCall } from './forward-call.ts';
import { listenOnSocket } from './listen-on-socket.ts';
import { findRoute, presentedToken } from './model-route.ts';
import { createAdmissions } from './money/admission.ts';
import { type CallLimits, createCallLimit } from './money/call-limit.ts';
import type { Prices } from './money/prices.ts';
import type { ErrorStatus } from './provider-error.ts';
import { readBody } from './read-body.ts';
import { createCallRecorder } from './record-call.ts';
import { readRunToken, runTokenSecret } from './run-token.ts';
import { sendError } from './send-error.ts';
import { serveCountedCall } from './serve-counted-call.ts';
import { createTranscriber } from './speech/create-transcriber.ts';
import { type Upstream, upstreamHeaders, upstreamUrl } from './upstream.ts';

export type GatewayOptions = Pick<Services, 'database' | 'ledger' | 'home'> & {
  upstreams: ReadonlyMap<ProviderId, Upstream>;
  prices: Prices;
  /** A provider that says nothing for this long is given up. */
  idleTimeoutMs?: number;
  /** What turns speech into text; a usual one where it is not said. */
  transcriptionModel?: string;
};

const fiveMinutesMs = 5 * 60_000;
const megabyte = 1024 * 1024;
const largestBody = 32 * megabyte;
const runLimits: CallLimits = { open: 64, perMinute: 600, bytes: 2 * largestBody };

const notGood = 'This key is good for one run of Choir only, and only until that run ends.';

/** The only way from a sandbox to a model: holds the keys, counts what is used, and lets no call past a budget. Listens on the home's socket. */
export async function createGateway(options: GatewayOptions): Promise<{ close(): Promise<void> }> {
  const { home, ledger, upstreams, idleTimeoutMs = fiveMinutesMs } = options;
  const secret = runTokenSecret(home);
  const recorder = createCallRecorder(options);
  await recorder.recover();
  const dispatcher = new Agent({ headersTimeout: idleTimeoutMs, bodyTimeout: idleTimeoutMs, connectTimeout: 10_000 });
  const parts = { ...options, dispatcher, recorder, admissions: createAdmissions(options) };
  const stop = new AbortController();
  const limit = createCallLimit(runLimits);
  const serving = new Set<Promise<void>>();

  async function serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const { method = '', url = '', headers } = request;
    const found = findRoute(method, url);
    const provider = found.ok ? found.route.provider : found.provider;
    const refuse = (status: ErrorStatus, message: string) => sendError(response, provider, status, message);
    if (!found.ok) return refuse(404, `The model gateway does not serve ${method} ${url.split('?')[0]?.slice(0, 200)}.`);
    const token = presentedToken(provider, headers, url);
    const claimed = readRunToken(secret, token);
    if (!claimed) return refuse(401, notGood);
    const place = limit.enter(claimed.runId);
    if (!place)
      return refuse(429, `A run may have ${runLimits.open} calls to models open at once, and make ${runLimits.perMinute} in a minute.`);
    try {
      const { run, workspaceId, projectId } = await ledger.load(claimed.threadId);
      if (run?.runId !== claimed.runId || !isActive(run)) return refuse(401, notGood);
      const upstream = upstreams.get(provider);
      if (!upstream) return refuse(404, `No key for ${provider} is set in this installation of Choir.`);
      const body = await readBody(request, largestBody, place.hold);
      if (!body)
        return refuse(
          413,
          `A request to a model may have ${inMegabytes(largestBody)}, all of a run at once ${inMegabytes(runLimits.bytes)}.`,
        );
      const gone = new AbortController();
      response.once('close', () => gone.abort('Nobody waited for the whole answer.'));
      const call = {
        url: upstreamUrl(upstream, found.route),
        method: method as 'GET' | 'POST',
        headers: upstreamHeaders(upstream, headers),
        redact: (text: string) =>
          [upstream.key, token].reduce<string>((kept, hidden) => (hidden ? kept.replaceAll(hidden, '...') : kept), text),
        signal: AbortSignal.any([gone.signal, stop.signal]),
      };
      const { route } = found;
      if (route.protocol) {
        const spending = { ...claimed, workspaceId, projectId, agent: run.agent };
        const { isUnpricedAllowed } = run;
        const counted = { ...call, upstream, route, protocol: route.protocol, run: spending, isUnpricedAllowed, body, response };
        return await serveCountedCall(parts, counted);
      }
      const transfer = await forwardCall(dispatcher, { ...call, body: method === 'GET' ? null : body }, response);
      if ('reply' in transfer && transfer.reply) return refuse(transfer.reply, transfer.error);
      if (transfer.ended === 'whole' || transfer.ended === 'refused') response.end();
      else response.destroy();
    } finally {
      place.leave();
    }
  }

  const server = createServer((request, response) => {
    const served = serve(request, response)
      .catch((error: Error) => {
        if (request.destroyed && !request.complete) return;
        console.error(`A call could not be served: ${error.message}`);
        const { ok, ...found } = findRoute(request.method ?? '', request.url ?? '');
        const provider = 'route' in found ? found.route.provider : found.provider;
        sendError(response, provider, 503, 'The model gateway cannot work now. Try again.');
      })
      .finally(() => serving.delete(served));
    serving.add(served);
  });
  await listenOnSocket(server, home.gatewaySocket);
  const transcriber = await createTranscriber({ ...options, admissions: parts.admissions, stop: stop.signal });

  return {
    async close() {
      server.close();
      stop.abort('The model gateway was stopped.');
      await Promise.allSettled([...serving, transcriber.close()]);
      await recorder.end();
      server.closeAllConnections();
      await dispatcher.destroy();
    },
  };
}

function inMegabytes(bytes: number): string {
  return `${bytes / megabyte} MB`;
}
