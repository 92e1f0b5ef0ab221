import { jetstreamManager } from '@nats-io/jetstream';
import { afterAll, expect, it } from 'vitest';
import { newId } from '#lib/core/new-id.ts';
import { testNats } from '#tests/services.ts';
import { connectBus } from './connect-bus.ts';
import { jobConsumer, jobStream } from './streams.ts';

const nats = await testNats();
const bus = await connectBus({ url: nats.url, credsFile: nats.credsFile, name: 'test' });
const stop = new AbortController();
const workers: Promise<void>[] = [];

afterAll(async () => {
  stop.abort();
  await Promise.all(workers);
  await bus.close();
});

/** A worker with two slots, and the runs that it took. `busy` holds it at them. */
function startWorker({ busy = Promise.resolve(), signal = stop.signal }: { busy?: Promise<void>; signal?: AbortSignal } = {}) {
  const taken: string[] = [];
  const work = bus.takeJobs(
    async ({ runId }) => {
      taken.push(runId);
      await busy;
    },
    { signal, concurrency: 2 },
  );
  workers.push(work);
  return { taken, work };
}

const ask = (runId: string) => bus.enqueue({ threadId: 'th_1', runId, key: newId('ev') });

it('leaves a job to a worker that is free while others are busy', async () => {
  const long = Promise.withResolvers<void>();
  const busy = startWorker({ busy: long.promise });
  const held = ['ru_one', 'ru_two'];
  for (const runId of held) await ask(runId);
  await expect.poll(() => busy.taken).toEqual(held);
  await ask('ru_next');
  const idle = startWorker();
  await expect.poll(() => idle.taken).toEqual(['ru_next']);
  long.resolve();
  expect(busy.taken).toEqual(held);
});

it('goes on when NATS has lost the consumer', async () => {
  startWorker();
  const manager = await jetstreamManager(bus.connection);
  await expect.poll(async () => (await manager.consumers.info(jobStream, jobConsumer)).num_waiting).toBeGreaterThan(0);
  await manager.consumers.delete(jobStream, jobConsumer);
  await ask('ru_after');
  await expect.poll(async () => (await manager.streams.info(jobStream)).state.messages).toBe(0);
});

it('ends when it is told to, without a job', async () => {
  const own = new AbortController();
  const { work, taken } = startWorker({ signal: own.signal });
  own.abort();
  await work;
  expect(taken).toEqual([]);
});
