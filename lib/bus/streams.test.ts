import { readFileSync } from 'node:fs';
import { AckPolicy, jetstreamManager, RetentionPolicy } from '@nats-io/jetstream';
import { connect, credsAuthenticator, nanos } from '@nats-io/transport-node';
import { afterAll, expect, it } from 'vitest';
import { testNats } from '#tests/services.ts';
import { connectBus } from './connect-bus.ts';
import { ensureJobConsumer, eventStream, jobAckWaitMs, jobConsumer, jobStream, subjects } from './streams.ts';

const nats = await testNats();
const connection = await connect({
  servers: nats.url,
  authenticator: nats.credsFile ? credsAuthenticator(new Uint8Array(readFileSync(nats.credsFile))) : undefined,
});
const manager = await jetstreamManager(connection);
afterAll(() => connection.close());

it('brings the streams and the consumer of an older version up to date, with what they hold', async () => {
  await manager.streams.add({ name: eventStream, subjects: ['ev.>'], max_bytes: 1 << 20 });
  await manager.streams.add({ name: jobStream, subjects: [subjects.job], retention: RetentionPolicy.Workqueue, max_msgs: 10 });
  await manager.consumers.add(jobStream, { durable_name: jobConsumer, ack_policy: AckPolicy.Explicit, ack_wait: nanos(1_000) });
  connection.publish(subjects.event('ws_1', 'th_1'), '{}');
  await connection.flush();

  const bus = await connectBus({ url: nats.url, credsFile: nats.credsFile, name: 'test' });
  await ensureJobConsumer(manager);
  await bus.close();

  const events = await manager.streams.info(eventStream);
  expect(events).toMatchObject({ config: { max_bytes: 1 << 30, republish: { dest: 'live.>' } }, state: { messages: 1 } });
  expect((await manager.consumers.info(jobStream, jobConsumer)).config.ack_wait).toBe(nanos(jobAckWaitMs));
});
