import type { ServerResponse } from 'node:http';
import { setTimeout as delay } from 'node:timers/promises';
import type { Dispatcher } from 'undici';
import type { ModelCall } from '#lib/core/model-call.ts';
import { newId } from '#lib/core/new-id.ts';
import type { Prices } from '#lib/prices/create-prices.ts';
import { noTokens, type TokenCounts } from '#lib/prices/token-counts.ts';
import { forwardCall, type Transfer, type UpstreamCall } from './forward-call.ts';
import type { ModelRequest } from './model-request.ts';
import type { Protocol } from './model-route.ts';
import type { Admissions, Reservation } from './money/admission.ts';
import { countInput } from './money/count-input.ts';
import { costRange, estimateCall, estimateInput, outputLimit } from './money/estimate-call.ts';
import { callOutcome, usedTokens } from './money/settle-call.ts';
import type { CallRecorder, Spending } from './record-call.ts';
import { sendError } from './send-error.ts';
import type { Upstream } from './upstream.ts';
import { createMeter } from './wire/create-meter.ts';

export type CountingParts = { dispatcher: Dispatcher; prices: Prices; admissions: Admissions; recorder: CallRecorder };

export type CountedCall = Omit<UpstreamCall, 'meter' | 'body'> & {
  upstream: Upstream;
  protocol: Protocol;
  request: ModelRequest;
  run: Spending;
  /** Whether the person let this run go on without counting what has no price. */
  isUnpricedAllowed: boolean;
  response: ServerResponse;
};

/** An answer ends when it is on the bill, unless the ledger cannot be reached for this long. */
const recordedWithinMs = 5_000;
const journalEveryMs = 1_000;
const killed = 'The model gateway was killed during this call.';

/** A call that costs: let through by the budgets, counted on its way, and recorded however it ends. */
export async function serveCountedCall(parts: CountingParts, call: CountedCall): Promise<void> {
  const { prices, admissions, recorder } = parts;
  const { upstream, protocol, request, run, response } = call;
  const { provider } = upstream;
  const { model } = request;
  const began = performance.now();
  const weight = Number.isFinite(request.inputTokens)
    ? request.inputTokens
    : await countInput(parts.dispatcher, { ...call, model, body: request.body(null) });
  const estimatedInput = estimateInput(prices, provider, model, weight ?? request.inputTokens);
  const identity = { modelCallId: newId('mc'), provider, model };
  const finish = (counts: TokenCounts, how: Pick<ModelCall, 'outcome' | 'error' | 'leastUsd'>): ModelCall => {
    const { inputTokens, cacheReadTokens, cacheWriteTokens, outputTokens } = counts;
    const costUsd = inputTokens + outputTokens === 0 ? 0 : prices.cost(provider, model, counts);
    return {
      ...identity,
      inputTokens,
      cacheReadTokens,
      cacheWriteTokens,
      outputTokens,
      costUsd,
      durationMs: Math.round(performance.now() - began),
      ...how,
    };
  };

  const free = upstream.baseUrl.startsWith('http:') || call.isUnpricedAllowed;
  const estimate = estimateCall(prices, { ...request, provider, inputTokens: estimatedInput, free });
  const admission = await admissions.admit(run, model, costRange(estimate), identity.modelCallId);
  if (!admission.ok) {
    const { message, leastUsd } = admission;
    await recorder.refuse(run, finish(noTokens, { outcome: 'refused', error: message, leastUsd }));
    return sendError(response, provider, 402, message);
  }
  if (call.signal.aborted) return await admissions.release(admission.reservation);

  const meter = createMeter(protocol);
  const sent = performance.now();
  const mostOutput = estimate?.mostTokens ?? Number.POSITIVE_INFINITY;
  const used = (transfer: Transfer) => usedTokens(transfer, meter, { estimatedInput, mostOutput, elapsedMs: performance.now() - sent });
  /** What goes on the bill if this process is killed now. */
  const cutShort = () => finish(used({ ended: 'gone', error: killed }), { outcome: 'failed', error: killed });
  let journal: NodeJS.Timeout | undefined;
  const transfer = await attempt(admissions, admission.reservation, () => {
    const body = request.body(outputLimit(estimate, admission.reservation.usd));
    recorder.open(run, cutShort());
    journal = setInterval(() => recorder.keepUp(run, cutShort()), journalEveryMs);
    return forwardCall(parts.dispatcher, { ...call, body, meter }, response);
  }).finally(() => clearInterval(journal));
  meter.end();
  const recorded = recorder
    .close(run, finish(used(transfer), callOutcome(transfer, meter, call.redact)))
    .then((isOnBill) => (isOnBill ? admissions.release(admission.reservation) : undefined));
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
