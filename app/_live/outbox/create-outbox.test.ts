import { afterEach, expect, onTestFinished, test, vi } from 'vitest';
import { RequestError } from '../request.ts';
import { createOutbox, type OutboxParts } from './create-outbox.ts';
import type { OutboxEntry, SendOutcome } from './entry.ts';
import { memoryStore, type OutboxStore } from './outbox-store.ts';
import { sendOnceLive } from './send-once-live.ts';

afterEach(() => void vi.unstubAllGlobals());

type Answer = (entry: OutboxEntry) => SendOutcome | Promise<SendOutcome>;
const later: SendOutcome = { state: 'later' };
const message = (words: string) =>
  ({ path: '/api/x', body: { text: words }, words, about: { kind: 'message', threadId: 'th_1' } }) as const;

function device(answer: Answer, store: OutboxStore = memoryStore(), userId = 'us_anna', more: Partial<OutboxParts> = {}) {
  const sent: string[] = [];
  const network = { answer };
  const outbox = createOutbox({
    store,
    userId,
    channel: null,
    retryMs: 3_600_000,
    patienceMs: 50,
    send: async (entry) => {
      const outcome = await network.answer(entry);
      if (outcome.state !== 'later') sent.push(entry.words);
      return outcome;
    },
    ...more,
  });
  return { outbox, sent, network };
}

const took: Answer = () => ({ state: 'sent', reply: { threadId: 'th_new' } });

test('what Choir takes at once is never shown as waiting', async () => {
  const { outbox } = device(took);
  expect(await outbox.send(message('hello'))).toEqual({ state: 'sent', reply: { threadId: 'th_new' } });
  expect(outbox.getEntries()).toEqual([]);
});

test('what is said while Choir is away is sent later, once each and in order, by whoever opens the page next', async () => {
  const store = memoryStore();
  const before = device(() => later, store);
  for (const words of ['one', 'two', 'three']) expect(await before.outbox.send(message(words))).toMatchObject({ state: 'waiting' });
  const ids = before.outbox.getEntries().map(({ id }) => id);
  const after = device(took, store);
  await Promise.all([after.outbox.flush(), after.outbox.flush()]);
  expect(after.sent).toEqual(['one', 'two', 'three']);
  expect(new Set(ids).size).toBe(3);
  expect(after.outbox.getEntries()).toEqual([]);
});

test('what one person left unsent is neither shown to another nor sent for them, and waits for who said it', async () => {
  const store = memoryStore();
  await device(() => later, store).outbox.send(message('from anna'));
  const ben = device(took, store, 'us_ben');
  await ben.outbox.send(message('from ben'));
  expect(ben.sent).toEqual(['from ben']);
  expect(ben.outbox.getEntries()).toEqual([]);
  const anna = device(took, store);
  await anna.outbox.flush();
  expect(anna.sent).toEqual(['from anna']);
});

test('what waits goes out as soon as the wire is open again, and not for a thread that changed', async () => {
  const { outbox, sent, network } = device(() => later);
  await outbox.send(message('hello'));
  network.answer = took;
  let tell: (threadId: string | null) => void = () => {};
  const followAll = (onChange: typeof tell) => {
    tell = onChange;
    return () => {};
  };
  sendOnceLive({ followAll }, outbox);
  tell('th_1');
  expect(sent).toEqual([]);
  tell(null);
  await expect.poll(() => outbox.getEntries()).toEqual([]);
  expect(sent).toEqual(['hello']);
});

test('a flush in the very moment a run ends sends what came after its last look', async () => {
  // Locks answer later than all of these moments.
  vi.stubGlobal('navigator', {});
  const sentAfter = async (moments: number) => {
    const store = memoryStore();
    const looked = Promise.withResolvers<void>();
    const look = async () => {
      const found = store.all();
      looked.resolve();
      return found;
    };
    const { outbox, sent } = device(took, { ...store, all: look });
    const first = outbox.flush();
    await looked.promise;
    await store.add({ ...message('late'), userId: 'us_anna', id: 'rq_1', at: '2026-11-22T06:00:00.000Z', state: 'waiting' });
    for (let moment = 0; moment < moments; moment += 1) await null;
    await Promise.all([first, outbox.flush()]);
    return sent;
  };
  for (let moments = 0; moments < 30; moments += 1) expect(await sentAfter(moments), `${moments}`).toEqual(['late']);
});

test('a try whose answer was lost goes again under the same id', async () => {
  const ids: string[] = [];
  const { outbox, network } = device(({ id }) => {
    ids.push(id);
    return later;
  });
  await outbox.send(message('once'));
  network.answer = ({ id }) => {
    ids.push(id);
    return { state: 'sent', reply: null };
  };
  await outbox.flush();
  expect(ids).toHaveLength(2);
  expect(new Set(ids).size).toBe(1);
});

test('a refusal at once is thrown and not kept; one that comes later keeps the words and the reason, and lets the next ones pass', async () => {
  const refuse: Answer = ({ words }) =>
    words === 'bad' ? { state: 'refused', status: 409, why: 'Another agent works here.' } : { state: 'sent', reply: null };
  const { outbox, sent, network } = device(refuse);
  await expect(outbox.send(message('bad'))).rejects.toEqual(new RequestError(409, 'Another agent works here.'));
  expect(outbox.getEntries()).toEqual([]);
  network.answer = () => later;
  await outbox.send(message('bad'));
  await outbox.send(message('good'));
  network.answer = refuse;
  await outbox.flush();
  expect(sent).toEqual(['bad', 'bad', 'good']);
  const [kept] = outbox.getEntries();
  expect(kept).toMatchObject({ words: 'bad', state: 'refused', why: 'Another agent works here.' });
  network.answer = took;
  if (kept) await outbox.retry(kept);
  expect(sent.at(-1)).toBe('bad');
  expect(outbox.getEntries()).toEqual([]);
});

test('words that are taken back while they are sent do not come back when Choir refuses them', async () => {
  const { outbox, sent, network } = device(() => later);
  await outbox.send(message('taken back'));
  network.answer = async (entry) => {
    await outbox.discard(entry);
    return { state: 'refused', status: 409, why: 'Another agent works here.' };
  };
  await outbox.flush();
  expect(sent).toEqual(['taken back']);
  expect(outbox.getEntries()).toEqual([]);
});

test('files that come along stay with their words, sent again or taken back', async () => {
  const files = [{ uploadId: 'up_1', name: 'a.png', bytes: 4 }];
  const { outbox, network } = device(() => later);
  await outbox.send({ ...message('look'), files });
  network.answer = () => ({ state: 'refused', status: 409, why: 'No.' });
  await outbox.flush();
  network.answer = () => later;
  const [refused] = outbox.getEntries();
  if (refused) await outbox.retry(refused);
  expect(outbox.getEntries()).toMatchObject([{ words: 'look', files, state: 'waiting' }]);
  expect(outbox.getEntries()[0]).not.toHaveProperty('why');
});

test('whoever waits for a slow network is let go, and a goal that arrives then says where', async () => {
  const slow = Promise.withResolvers<SendOutcome>();
  const { outbox } = device(() => slow.promise);
  const goal = { ...message('Make a garden'), about: { kind: 'goal' } } as const;
  const sent = await outbox.send(goal);
  const [entry] = outbox.getEntries();
  expect(sent).toEqual({ state: 'waiting', id: entry?.id });
  const flushed = outbox.flush();
  slow.resolve({ state: 'sent', reply: { threadId: 'th_garden' } });
  await flushed;
  const [arrival] = outbox.getArrivals();
  expect(arrival).toEqual({ id: entry?.id, words: 'Make a garden', threadId: 'th_garden' });
  if (arrival) await outbox.forget(arrival);
  expect(outbox.getArrivals()).toEqual([]);
});

test('a goal that arrives later says where on every page of who said it, until one of them opens it, and to nobody else', async () => {
  const store = memoryStore();
  const page = (answer: Answer, userId?: string) => {
    const channel = new BroadcastChannel('outbox of this test');
    onTestFinished(() => channel.close());
    return device(answer, store, userId, { channel, patienceMs: 1_000 }).outbox;
  };
  const goal = { ...message('Make a garden'), about: { kind: 'goal' } } as const;
  const [anna, ben] = [page(() => later), page(took, 'us_ben')];
  const { id } = (await anna.send(goal)) as { id: string };
  const sends = page(took);
  await sends.flush();
  const arrival = { id, words: 'Make a garden', threadId: 'th_new' };
  await expect.poll(anna.getArrivals).toEqual([arrival]);
  expect(anna.getEntries()).toEqual([]);
  expect(sends.getArrivals()).toEqual([arrival]);
  await sends.forget(arrival);
  expect(sends.getArrivals()).toEqual([]);
  await expect.poll(anna.getArrivals).toEqual([]);

  // One that is waited for arrives there as if this page had sent it; without locks two may send the same.
  vi.stubGlobal('navigator', {});
  const waits = page(() => new Promise(() => {}));
  const sending = waits.send({ ...goal, words: 'Make a pond' });
  await expect.poll(anna.getEntries).toHaveLength(1);
  await sends.flush();
  expect(await sending).toMatchObject({ state: 'sent' });
  expect(waits.getArrivals()).toEqual([]);
  await expect.poll(sends.getArrivals).toEqual([]);
  expect(ben.getArrivals()).toEqual([]);
});

test('says that words arrive whether the page stays or not before they are sent, and not where nothing is stored', async () => {
  const order: string[] = [];
  const onKept = () => order.push('kept');
  const noted: Answer = ({ words }) => {
    order.push(words);
    return { state: 'sent', reply: null };
  };
  await device(noted).outbox.send(message('stored'), onKept);
  const full: OutboxStore = { ...memoryStore(), add: () => Promise.reject(new Error('full')) };
  await device(noted, full).outbox.send(message('not stored'), onKept);
  expect(order).toEqual(['kept', 'stored', 'not stored']);
});

test('a device that stores nothing sends all the same', async () => {
  const full: OutboxStore = { ...memoryStore(), add: () => Promise.reject(new Error('full')) };
  const { outbox, sent } = device(took, full);
  expect(await outbox.send(message('hello'))).toMatchObject({ state: 'sent' });
  expect(sent).toEqual(['hello']);
});

test('a device whose storage is full keeps what it stored before, shown and first in the line', async () => {
  const store = memoryStore();
  const { outbox, sent, network } = device(() => later, store);
  await outbox.send(message('stored'));
  store.add = () => Promise.reject(new Error('full'));
  await outbox.send(message('not stored'));
  await outbox.send(message('the last'));
  expect(outbox.getEntries().map(({ words }) => words)).toEqual(['stored', 'not stored', 'the last']);
  network.answer = took;
  await outbox.flush();
  expect(sent).toEqual(['stored', 'not stored', 'the last']);
  expect(outbox.getEntries()).toEqual([]);
});
