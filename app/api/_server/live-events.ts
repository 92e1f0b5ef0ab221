import { authenticate } from '#lib/auth/authenticate.ts';
import type { TypingFrame } from '#lib/bus/connect-bus.ts';
import { followChanges } from '#lib/bus/follow-changes.ts';
import { followTyping } from '#lib/bus/follow-typing.ts';
import { followRevocation } from '#lib/bus/revocations.ts';
import type { Context } from '#lib/context.ts';
import { DomainError } from '#lib/core/domain-error.ts';
import type { EventRange } from '#lib/ledger/read-events.ts';
import { readThreadEvents } from '#lib/threads/read-thread-events.ts';
import { requireThread } from '#lib/threads/require-thread.ts';
import { streamResponse } from './stream-response.ts';
import { Wake } from './wake.ts';

const heartbeatMs = 15_000;
const keptFrames = 200;

/**
 * A thread as server-sent events that never end. What NATS says only wakes the stream: every event is read from the ledger, so order and
 * completeness do not depend on the bus. Ends when the reader goes, when the thread is deleted, when the credential is revoked, and when it expires.
 */
export async function liveEvents(
  context: Context,
  { threadId, after = 0, ...filter }: { threadId: string } & EventRange,
  request: Request,
): Promise<Response> {
  // Before anything else: an id that is no thread's may not even be a subject that NATS takes.
  const { person } = await requireThread(context, threadId);
  const ended = new AbortController();
  const wake = new Wake();
  const frames: TypingFrame[] = [];
  const end = () => {
    ended.abort();
    wake.wake();
  };
  const revocation = followRevocation(context.bus, person.credentialId, end);
  const changes = followChanges(context.bus, person.workspaceId, threadId, () => wake.wake());
  const typing = followTyping(context.bus, person.workspaceId, threadId, (frame) => {
    frames.push(frame);
    if (frames.length > keptFrames) frames.shift();
    wake.wake();
  });
  request.signal.addEventListener('abort', end, { once: true });
  if (request.signal.aborted) end();
  const close = () => {
    for (const subscription of [revocation, changes, typing]) subscription.close();
    request.signal.removeEventListener('abort', end);
  };
  const isStillAllowed = async () => (await authenticate(context, request.headers)) !== null;

  async function* chunks(): AsyncGenerator<string> {
    let seq = after;
    let checkedAtMs = Date.now();
    try {
      yield 'retry: 1000\n\n';
      if (!(await isStillAllowed())) return;
      while (!ended.signal.aborted) {
        for await (const batch of await readThreadEvents(context, { ...filter, threadId, after: seq })) {
          if (ended.signal.aborted) return;
          yield batch.map((event) => `id: ${event.seq}\ndata: ${JSON.stringify(event)}\n\n`).join('');
          seq = batch.at(-1)?.seq ?? seq;
        }
        for (const frame of frames.splice(0)) yield `event: typing\ndata: ${JSON.stringify(frame)}\n\n`;
        const woken = await wake.next(heartbeatMs);
        if (woken && Date.now() - checkedAtMs < heartbeatMs) continue;
        if (!(await isStillAllowed())) return;
        checkedAtMs = Date.now();
        yield ': alive\n\n';
      }
    } catch (error) {
      if (!(error instanceof DomainError && error.code === 'not-found')) throw error;
    } finally {
      close();
    }
  }

  return streamResponse(chunks(), 'text/event-stream; charset=utf-8', end);
}
