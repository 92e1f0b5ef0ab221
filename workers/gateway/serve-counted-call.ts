import type { ServerResponse } from 'node:http';
import { setTimeout as delay } from 'node:timers/promises';
import type { Dispatcher } from 'undici';
import type { ModelCall } from '#lib/core/model-call.ts';
import { newId } from '#lib/core/new-id.ts';
import type { ThreadState } from '#lib/core/state.ts';
import type { Admissions, Reservation } from './admission.ts';
import { callOutcome, estimateCost, estimateInput, noTokens, usedTokens } from './counted-call.ts';
import { forwardCall, type Transfer, type UpstreamCall } from './forward-call.ts';
import { readModelRequest } from './model-request.ts';
import type { ModelRoute, Protocol } from './model-route.ts';
import type { Prices } from './prices.ts';
import type { CallRecorder } from './record-call.ts';
import type { RefusalLog } from './refusal-log.ts';
import type { RunRef } from './run-token.ts';
import { sendError } from './send-error.ts';
import type { Upstream } from './upstream.ts';
import { createMeter, type Meter } from './wire/create-meter.ts';

export type CountingParts = {
  dispatcher: Dispatcher;
  prices: Prices;
  admissions: Admissions;
  recorder: CallRecorder;
  refusals: RefusalLog;
};

export type CountedCall = Omit<UpstreamCall, 'onChunk' | 'onAnswer' | 'body'> & {
  upstream: Upstream;
  route: ModelRoute;
  protocol: Protocol;
  run: RunRef;
  state: ThreadState;
  body: Buffer;
  response: ServerResponse;
};

/** An answer ends when it is on the bill, unless the ledger cannot be reached for this long. */
const recordedWithinMs = 5_000;

/** A call that costs: let through by the budgets, counted on its way, and recorded however it ends. */
export async function serveCountedCall(parts: CountingParts, call: CountedCall): Promise<void> {
  const { prices, admissions, recorder } = parts;
  const { upstream, route, protocol, run, state, response } = call;
  const { provider } = upstream;
  const request = readModelRequest(protocol, route.model, call.body);
  if (!request) return sendError(response, provider, 400, 'The request is not JSON, or it names no model.');
  const { model, maxOutputTokens } = request;
  const estimatedInput = estimateInput(prices, provider, model, request.body.length);
  const began = performance.now();
  const identity = { modelCallId: newId('mc'), provider, model };
  const finish = (counts: typeof noTokens, how: Pick<ModelCall, 'outcome' | 'error'>): ModelCall => ({
    ...identity,
    ...counts,
    costUsd: counts.inputTokens + counts.outputTokens === 0 ? 0 : prices.cost(provider, model, counts),
    durationMs: Math.round(performance.now() - began),
    ...how,
  });

  const estimateUsd = estimateCost(prices, { provider, model, inputTokens: estimatedInput, maxOutputTokens });
  const budgeted = { ...run, projectId: state.projectId, workspaceId: state.workspaceId };
  const admission = await admissions.admit(budgeted, { model, estimateUsd, free: upstream.baseUrl.startsWith('http:') });
  if (!admission.ok) {
    if (parts.refusals.isNews(run.runId)) await recorder.close(run, finish(noTokens, { outcome: 'refused', error: admission.message }));
    return sendError(response, provider, 402, admission.message);
  }

  let meter: Meter | null = null;
  const transfer = await attempt(admissions, admission.reservation, () => {
    recorder.open(
      run,
      finish({ ...noTokens, inputTokens: estimatedInput }, { outcome: 'failed', error: 'The model gateway was killed during this call.' }),
    );
    return forwardCall(
      parts.dispatcher,
      {
        ...call,
        body: request.body,
        onAnswer: (contentType) => {
          meter = createMeter(protocol, contentType);
        },
        onChunk: (chunk) => meter?.push(chunk),
      },
      response,
    );
  });
  const heard = meter as Meter | null;
  heard?.end();
  const { outcome, error } = callOutcome(transfer, heard);
  const recorded = recorder
    .close(
      run,
      finish(usedTokens(transfer, heard, estimatedInput), { outcome, ...(error === undefined ? {} : { error: call.redact(error) }) }),
    )
    .then(() => admissions.release(admission.reservation));
  await soon(recorded);
  endAnswer(transfer, call);
}

async function attempt(admissions: Admissions, reservation: Reservation, work: () => Promise<Transfer>): Promise<Transfer> {
  try {
    return await work();
  } catch (error) {
    await admissions.release(reservation);
    throw error;
  }
}

async function soon(recorded: Promise<void>): Promise<void> {
  const late = new AbortController();
  await Promise.race([recorded, delay(recordedWithinMs, undefined, { signal: late.signal }).catch(() => undefined)]);
  late.abort();
}

function endAnswer(transfer: Transfer, { response, upstream }: CountedCall): void {
  if ('reply' in transfer && transfer.reply) sendError(response, upstream.provider, transfer.reply, transfer.error);
  else if (transfer.ended === 'whole' || transfer.ended === 'refused') response.end();
  else response.destroy();
}
