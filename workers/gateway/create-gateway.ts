import { createServer } from 'node:http';
import { Agent } from 'undici';
import type { Services } from '#lib/context.ts';
import type { ProviderId } from '#lib/core/model-call.ts';
import type { Prices } from '#lib/prices/create-prices.ts';
import { listenOnSocket, requireFreeSocket } from './listen-on-socket.ts';
import { createAdmissions } from './money/admission.ts';
import { createCallRecorder } from './record-call.ts';
import { runTokenSecret } from './run-token.ts';
import { createRequestServer } from './serve-request.ts';
import { createTranscriber } from './speech/create-transcriber.ts';
import type { Upstream } from './upstream.ts';

export type GatewayOptions = Pick<Services, 'database' | 'ledger' | 'home'> & {
  upstreams: ReadonlyMap<ProviderId, Upstream>;
  prices: Prices;
  /** A provider that says nothing for this long is given up. */
  idleTimeoutMs?: number;
  /** What turns speech into text; a usual one where it is not said. */
  transcriptionModel?: string;
};

const fiveMinutesMs = 5 * 60_000;

/** The only way from a sandbox to a model: holds the keys, counts what is used, and lets no call past a budget. Listens on the home's socket. */
export async function createGateway(options: GatewayOptions): Promise<{ close(): Promise<void> }> {
  const { home, idleTimeoutMs = fiveMinutesMs } = options;
  // What another gateway has open is not what a killed one left.
  await requireFreeSocket(home.gatewaySocket);
  const recorder = createCallRecorder(options);
  await recorder.recover();
  const dispatcher = new Agent({ headersTimeout: idleTimeoutMs, bodyTimeout: idleTimeoutMs, connectTimeout: 10_000 });
  const parts = { ...options, dispatcher, recorder, admissions: createAdmissions(options) };
  const stop = new AbortController();
  const serving = new Set<Promise<void>>();
  const serve = createRequestServer({ ...parts, secret: runTokenSecret(home), stop: stop.signal });
  const server = createServer((request, response) => {
    const served = serve(request, response).finally(() => serving.delete(served));
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
      parts.admissions.close();
      server.closeAllConnections();
      await dispatcher.destroy();
    },
  };
}
