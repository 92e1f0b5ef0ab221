import { Agent, fetch } from 'undici';
import webPush from 'web-push';
import { publicLookup } from '#lib/net/public-lookup.ts';
import { checkPushEndpoint } from '#lib/notifications/push-endpoint.ts';
import type { PushMessage } from './push-message.ts';

export type PushSender = {
  send(target: PushTarget, message: PushMessage, signal?: AbortSignal): Promise<PushOutcome>;
  close(): Promise<void>;
};
export type PushTarget = { endpoint: string; keys: { p256dh: string; auth: string } };

/** `expired`: the push service knows the address no more. `afterMs`: how long it wants to be left alone. */
export type PushOutcome =
  | { status: 'accepted' }
  | { status: 'expired' }
  | { status: 'failed'; problem: string }
  | { status: 'again'; problem: string; afterMs: number | null };

export type PushSenderOptions = {
  keys: { publicKey: string; privateKey: string };
  /** Whom a push service may write to about this sender: RFC 8292. */
  subject: string;
  /** The one origin that may be something else than a public address over https. */
  testOrigin?: string;
};

const timeoutMs = 20_000;
const longestPauseMs = 3_600_000;

/** Sends encrypted pushes (RFC 8291) in the name of this installation. What a push service answers is read for its status alone. */
export function createPushSender({ keys, subject, testOrigin }: PushSenderOptions): PushSender {
  const outside = new Agent({ connect: { lookup: publicLookup }, headersTimeout: timeoutMs });
  const inside = new Agent({ headersTimeout: timeoutMs });

  async function send(target: PushTarget, message: PushMessage, signal?: AbortSignal): Promise<PushOutcome> {
    const { payload, urgency, ttlSeconds: TTL, topic } = message;
    const { href, origin } = checkPushEndpoint(target.endpoint, testOrigin);
    const vapidDetails = { subject, ...keys };
    const { headers, body } = webPush.generateRequestDetails(target, JSON.stringify(payload), { vapidDetails, TTL, urgency, topic });
    const deadline = AbortSignal.timeout(timeoutMs);
    const answer = await fetch(href, {
      method: 'POST',
      headers: Object.fromEntries(Object.entries(headers).map(([name, value]) => [name, String(value)])),
      body,
      redirect: 'error',
      dispatcher: origin === testOrigin ? inside : outside,
      signal: signal ? AbortSignal.any([signal, deadline]) : deadline,
    });
    await answer.body?.cancel();
    return outcomeOf(answer.status, answer.headers.get('retry-after'));
  }

  return {
    async send(target, message, signal) {
      try {
        return await send(target, message, signal);
      } catch (error) {
        if (error instanceof Error && error.name === 'DomainError') return { status: 'failed', problem: error.message };
        return { status: 'again', problem: 'The push service could not be reached.', afterMs: null };
      }
    },
    async close() {
      await Promise.all([outside.destroy(), inside.destroy()]);
    },
  };
}

function outcomeOf(status: number, retryAfter: string | null): PushOutcome {
  if (status >= 200 && status < 300) return { status: 'accepted' };
  if (status === 404 || status === 410) return { status: 'expired' };
  const problem = `The push service answered ${status}.`;
  if (status !== 429 && status < 500) return { status: 'failed', problem };
  const seconds = Number(retryAfter);
  const date = retryAfter === null || seconds >= 0 ? Number.NaN : Date.parse(retryAfter) - Date.now();
  const wanted = retryAfter !== null && seconds >= 0 ? seconds * 1_000 : date;
  return { status: 'again', problem, afterMs: wanted >= 0 ? Math.min(wanted, longestPauseMs) : null };
}
