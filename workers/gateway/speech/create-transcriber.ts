import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { billCall } from '#lib/budgets/bill-call.ts';
import type { Services } from '#lib/context.ts';
import { type ModelCall, type ProviderId, transcriptionAgent } from '#lib/core/model-call.ts';
import { newId } from '#lib/core/new-id.ts';
import type { Heard, Prices } from '#lib/prices/create-prices.ts';
import { Spender, spenderHeader } from '#lib/speech/ask-transcriber.ts';
import { mostAudioBytes } from '#lib/speech/audio-types.ts';
import type { Admissions } from '#workers/gateway/money/admission.ts';
import { listenOnSocket } from '../listen-on-socket.ts';
import { readBody } from '../read-body.ts';
import type { Upstream } from '../upstream.ts';
import { heardAtLeast, heardAtMost } from './estimate-speech.ts';
import { sendAudio } from './send-audio.ts';

type Options = Pick<Services, 'database' | 'ledger' | 'home'> & {
  upstreams: ReadonlyMap<ProviderId, Upstream>;
  prices: Prices;
  admissions: Admissions;
  transcriptionModel?: string;
  stop: AbortSignal;
};
type Reply = { status: number; body: { text: string } | { message: string } };

const recordingsAtOnce = 8;
const provider = 'openai';

/**
 * Turns speech into text for Choir's own processes, on a socket that no sandbox has: let through by the budgets, and on the bill however it ends. It is billed
 * before it is sent at what it may cost, and again at what it did, which its thread is told, too: a gateway that is killed in between takes nothing off the bill.
 */
export async function createTranscriber(options: Options): Promise<{ close(): Promise<void> }> {
  const { database, ledger, home, upstreams, prices, admissions, stop } = options;
  const serving = new Set<Promise<void>>();

  async function transcribe(request: IncomingMessage, gone: AbortSignal): Promise<Reply> {
    const spender = Spender.parse(JSON.parse(Buffer.from(String(request.headers[spenderHeader]), 'base64url').toString()));
    const upstream = upstreams.get(provider);
    if (!upstream) return refusal(501, 'No provider that turns speech into text is set up.');
    if (serving.size >= recordingsAtOnce) return refusal(429, 'Too many recordings are being turned into text. Try again in a moment.');
    const audio = await readBody(request, mostAudioBytes);
    if (!audio) return refusal(413, 'A recording may have up to 20 MB.');
    const model = options.transcriptionModel ?? usualModel(upstream);
    const costOf = (heard: Heard) => prices.speechCost(provider, model, heard) ?? (upstream.baseUrl.startsWith('http:') ? 0 : null);
    const [leastUsd, mostUsd] = [costOf(heardAtLeast(audio.length)), costOf(heardAtMost(audio.length))];
    const cost = leastUsd === null || mostUsd === null ? null : { leastUsd, mostUsd };
    const modelCallId = newId('mc');
    const admission = await admissions.admit({ runId: '', ...spender }, model, cost, modelCallId);
    if (!admission.ok) return refusal(402, admission.message);
    const began = performance.now();
    const identity = { modelCallId, provider, model, cacheReadTokens: 0, cacheWriteTokens: 0 } as const;
    const callOf = ({ inputTokens, outputTokens }: Heard, outcome: ModelCall['outcome'], costUsd: number | null): ModelCall => {
      return { ...identity, inputTokens, outputTokens, costUsd, outcome, durationMs: performance.now() - began };
    };
    const bill = (call: ModelCall) => billCall({ database }, { ...spender, runId: '', agent: transcriptionAgent }, call);
    const record = async (call: ModelCall) => {
      const { threadId } = spender;
      const told = threadId ? await ledger.command(threadId, { actor: 'choir' }, [{ type: 'record-model-call', call }]) : null;
      if (!told?.ok) await bill(call);
    };
    try {
      await bill(callOf(heardAtMost(audio.length), 'failed', mostUsd));
      const sent = await sendAudio(upstream, { model, audio, mediaType: String(request.headers['content-type']), signal: gone });
      const heard = sent.heard ?? heardAtMost(sent.ok ? audio.length : 0);
      await record(callOf(heard, sent.ok ? 'ok' : 'failed', prices.speechCost(provider, model, heard)));
      return sent.ok ? { status: 200, body: { text: sent.text } } : refusal(sent.status, sent.message);
    } finally {
      await admissions.release(admission.reservation);
    }
  }

  const server = createServer((request, response) => {
    const gone = new AbortController();
    response.once('close', () => gone.abort());
    const served = transcribe(request, AbortSignal.any([gone.signal, stop]))
      .catch((error: unknown) => {
        if (!gone.signal.aborted)
          console.error('A recording could not be turned into text:', error instanceof Error ? error.message : error);
        return refusal(503, 'Speech cannot be turned into text right now. Try again in a moment.');
      })
      .then((reply) => send(response, reply))
      .finally(() => serving.delete(served));
    serving.add(served);
  });
  await listenOnSocket(server, home.transcriberSocket);

  return {
    async close() {
      server.close();
      await Promise.allSettled(serving);
      server.closeAllConnections();
    },
  };
}

function usualModel({ baseUrl }: Upstream): string {
  return new URL(baseUrl).hostname === 'api.openai.com' ? 'gpt-4o-mini-transcribe' : 'whisper-1';
}

function refusal(status: number, message: string): Reply {
  return { status, body: { message } };
}

function send(response: ServerResponse, { status, body }: Reply): void {
  // What is left of a body that was not read is not waited for.
  response.writeHead(status, { 'content-type': 'application/json', connection: 'close' }).end(JSON.stringify(body));
}
