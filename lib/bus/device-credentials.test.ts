import { jwtAuthenticator, type NatsConnection, wsconnect } from '@nats-io/nats-core';
import { createAccount } from '@nats-io/nkeys';
import { afterAll, expect, onTestFinished, test, vi } from 'vitest';
import { connectBus } from '#lib/bus/connect-bus.ts';
import { testNats } from '#tests/services.ts';
import { createDeviceCredential } from './device-credentials.ts';

const nats = await testNats();
const bus = await connectBus({ url: nats.url, credsFile: nats.credsFile, name: 'test' });
afterAll(() => bus.close());

async function connectDevice(workspaceId: string): Promise<NatsConnection> {
  const { jwt } = await createDeviceCredential({ accountSeed: nats.accountSeed, workspaceId });
  return wsconnect({ servers: nats.websocketUrl, authenticator: jwtAuthenticator(jwt), reconnect: false });
}

/** Resolves with the server's word when it refuses something of this connection. */
async function refusal(device: NatsConnection): Promise<string> {
  for await (const status of device.status()) if (status.type === 'error') return String(status.error.message);
  return 'closed';
}

test('hears its own workspace, and only that', async () => {
  const device = await connectDevice('ws_mine');
  const heard: string[] = [];
  const done = Promise.withResolvers<void>();
  for (const subject of ['live.ws_mine.>', 'typing.ws_mine.>']) {
    device.subscribe(subject, {
      callback: (_, message) => {
        heard.push(message.subject);
        if (message.subject === 'live.ws_mine.last') done.resolve();
      },
    });
  }
  await device.flush();
  for (const subject of ['live.ws_other.th_1', 'live.ws_mine.th_1', 'typing.ws_mine.th_1', 'live.ws_mine.last']) {
    bus.connection.publish(subject, '{}');
  }
  await done.promise;
  expect(heard).toEqual(['live.ws_mine.th_1', 'typing.ws_mine.th_1', 'live.ws_mine.last']);
  await device.close();
});

test.each(['live.ws_other.>', 'live.>', 'live.*.th_1', '>', 'ev.ws_mine.>', 'jobs.run', '_INBOX.>', '$JS.>', 'revoked.>'])(
  'may not subscribe to %s',
  async (subject) => {
    const device = await connectDevice('ws_mine');
    const refused = refusal(device);
    device.subscribe(subject, { callback: () => {} });
    expect(await refused).toMatch(/permissions violation/i);
    await device.close();
  },
);

test.each(['live.ws_mine.th_1', 'ev.ws_mine.th_1', 'jobs.run', '$JS.API.STREAM.PURGE.EVENTS', 'revoked.tk_1', '_INBOX.x', 'anything'])(
  'may not publish to %s',
  async (subject) => {
    const received: string[] = [];
    const spy = bus.connection.subscribe('>', { callback: (_, message) => void received.push(message.subject) });
    await bus.connection.flush();
    const device = await connectDevice('ws_mine');
    const refused = refusal(device);
    device.publish(subject, 'forged');
    expect(await refused).toMatch(/permissions violation/i);
    await bus.connection.flush();
    expect(received).not.toContain(subject);
    spy.unsubscribe();
    await device.close();
  },
);

test('works only over the WebSocket, and only when the account signed it', async () => {
  const own = await createDeviceCredential({ accountSeed: nats.accountSeed, workspaceId: 'ws_mine' });
  const { connect } = await import('@nats-io/transport-node');
  await expect(connect({ servers: nats.url, authenticator: jwtAuthenticator(own.jwt), reconnect: false })).rejects.toThrow(
    /authorization/i,
  );
  const foreignSeed = new TextDecoder().decode(createAccount().getSeed());
  const forged = await createDeviceCredential({ accountSeed: foreignSeed, workspaceId: 'ws_mine' });
  const refused = wsconnect({ servers: nats.websocketUrl, authenticator: jwtAuthenticator(forged.jwt), reconnect: false });
  await expect(refused).rejects.toThrow(/authorization/i);
});

test('what was signed within a minute is shared by the devices of a workspace, and good for as long as it says', async () => {
  vi.useFakeTimers({ toFake: ['Date'] });
  onTestFinished(() => void vi.useRealTimers());
  const issue = (workspaceId: string) => createDeviceCredential({ accountSeed: nats.accountSeed, workspaceId });
  const first = await issue('ws_shared');
  expect((await issue('ws_other')).jwt).not.toBe(first.jwt);
  vi.advanceTimersByTime(59_000);
  expect(await issue('ws_shared')).toEqual({ ...first, goodForSeconds: first.goodForSeconds - 59 });
  vi.advanceTimersByTime(1_000);
  const next = await issue('ws_shared');
  expect(next.jwt).not.toBe(first.jwt);
  expect(next.goodForSeconds).toBe(first.goodForSeconds);
  vi.setSystemTime(Date.now() - 3_600_000);
  expect((await issue('ws_shared')).goodForSeconds).toBe(first.goodForSeconds);
});

test('a refreshed credential cannot be bent to another workspace by changing its text', async () => {
  const { jwt } = await createDeviceCredential({ accountSeed: nats.accountSeed, workspaceId: 'ws_mine' });
  const [header, body, signature] = jwt.split('.');
  const bent = Buffer.from(
    Buffer.from(body ?? '', 'base64url')
      .toString()
      .replaceAll('ws_mine', 'ws_evil'),
  ).toString('base64url');
  const refused = wsconnect({
    servers: nats.websocketUrl,
    authenticator: jwtAuthenticator(`${header}.${bent}.${signature}`),
    reconnect: false,
  });
  await expect(refused).rejects.toThrow(/authorization/i);
});
