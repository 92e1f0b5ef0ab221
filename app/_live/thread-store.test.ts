import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { LedgerEvent } from '#lib/core/event.ts';
import { foldAll } from '#lib/core/fold.ts';
import { emptyThread } from '#lib/core/state.ts';
import { revertedThread } from '#tests/builders/sample-threads.ts';
import { RequestError } from './request.ts';
import { createThreadStore } from './thread-store.ts';

const events = revertedThread();
const whole = foldAll(events);

async function* following(ledger: readonly LedgerEvent[], seq: number) {
  for (const event of ledger) if (event.seq > seq) yield event;
}

function storeOver(readAfter: (seq: number) => AsyncIterable<LedgerEvent>, retryAfterMs?: number) {
  const writes: (() => void)[] = [];
  const store = createThreadStore({
    initial: emptyThread,
    readAfter,
    onFrame: (write) => writes.push(write),
    now: () => '2026-01-01T12:00:00.000Z',
    retryAfterMs,
  });
  return { store, writes, paint: () => writes.splice(0).forEach((write) => void write()) };
}

describe('a thread on a device', () => {
  it('is the fold of the whole ledger, whatever the wire lost, doubled or shuffled', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(fc.nat({ max: events.length - 1 }), { maxLength: 60 }), async (arrivals) => {
        const { store, paint } = storeOver((seq) => following(events, seq));
        for (const index of arrivals) store.onEvent(events[index]!);
        store.onLink('open');
        await store.repair();
        paint();
        expect(store.getView().thread).toEqual(whole);
        expect(store.getView().link.phase).toBe('live');
      }),
      { numRuns: 40 },
    );
  });

  it('writes once for everything that arrives within a frame', () => {
    const { store, writes, paint } = storeOver((seq) => following(events, seq));
    let drawn = 0;
    store.subscribe(() => drawn++);
    for (const event of events) store.onEvent(event);
    expect(writes).toHaveLength(1);
    paint();
    expect(drawn).toBe(1);
    expect(store.getView().thread.seq).toBe(events.length);
  });

  it('reads what a doubtful link may have lost, and stays live meanwhile', async () => {
    let ledger = events.slice(0, 5);
    const { store } = storeOver((seq) => following(ledger, seq));
    store.onLink('open');
    await store.repair();
    ledger = events;
    store.onDoubt();
    expect(store.getView().link.phase).toBe('live');
    await expect.poll(store.lastSeq).toBe(events.at(-1)?.seq);
    expect(store.getView().link.phase).toBe('live');
  });

  it('says that it is offline while the gap cannot be read, and heals by itself', async () => {
    let reachable = false;
    const { store, paint } = storeOver((seq) => {
      if (!reachable) throw new Error('unreachable');
      return following(events, seq);
    }, 1);
    store.onLink('open');
    await store.repair();
    expect(store.getView().link.phase).toBe('offline');
    reachable = true;
    await new Promise<void>((resolve) => {
      const stop = store.subscribe(() => {
        if (store.getView().link.phase !== 'live') return;
        stop();
        resolve();
      });
    });
    paint();
    expect(store.getView().thread.seq).toBe(events.length);
  });

  it('says that its thread is deleted, and reads no more', async () => {
    let readings = 0;
    const { store } = storeOver(() => {
      readings += 1;
      throw new RequestError(404, 'There is no such thread.', { code: 'not-found' });
    }, 1);
    store.onLink('open');
    await store.repair();
    const read = readings;
    expect(store.getView().link.phase).toBe('gone');
    store.onDoubt();
    store.onLink('lost');
    await store.repair();
    expect(store.getView().link.phase).toBe('gone');
    expect(readings).toBe(read);
  });

  it('goes on asking where the 404 is of what stands before Choir', async () => {
    let isAway = true;
    const { store } = storeOver((seq) => {
      if (isAway) throw new RequestError(404, 'Choir refused this (404).');
      return following(events, seq);
    }, 1);
    store.onLink('open');
    await store.repair();
    expect(store.getView().link.phase).toBe('offline');
    isAway = false;
    await store.repair();
    expect(store.getView().link.phase).toBe('live');
  });

  it('goes on reading over HTTP while the wire is lost, as long as somebody looks', async () => {
    let ledger = events.slice(0, 1);
    const { store, writes } = storeOver((seq) => following(ledger, seq), 1);
    const leave = store.subscribe(() => {});
    store.onLink('lost');
    ledger = events;
    await expect.poll(() => store.lastSeq()).toBe(events.length);
    leave();
    writes.splice(0).forEach((write) => void write());
    expect(store.getView().thread).toEqual(whole);
    expect(store.getView().link.phase).toBe('offline');
  });

  it('shows what a call writes until its result is there', () => {
    const { store, paint } = storeOver((seq) => following(events, seq));
    const finished = events.findIndex((event) => event.type === 'tool.finished');
    for (const event of events.slice(0, finished)) store.onEvent(event);
    store.onTyping({ runId: 'ru_sample', callId: 'ca_1', stream: 'stdout', text: 'half a' });
    store.onTyping({ runId: 'ru_sample', callId: 'ca_1', stream: 'stdout', text: ' line' });
    paint();
    expect(store.getView().typing).toEqual({ ca_1: 'half a line' });
    store.onEvent(events[finished]!);
    paint();
    expect(store.getView().typing).toEqual({});
  });
});
