import { jwtAuthenticator, type NatsConnection, wsconnect } from '@nats-io/nats-core';
import { expect, onTestFinished, test, vi } from 'vitest';
import { createDeviceCredential } from '#lib/bus/device-credentials.ts';
import { testNats } from '#tests/services.ts';
import { createNatsSocket } from './nats-socket.ts';

const nats = await testNats();

async function reconnected(connection: NatsConnection): Promise<void> {
  for await (const status of connection.status()) if (status.type === 'reconnect') return;
  throw new Error('closed');
}

test('a connection opens anew though the other side never says goodbye', async () => {
  const { jwt } = await createDeviceCredential({ accountSeed: nats.accountSeed, workspaceId: 'ws_mine' });
  const { dial, drop } = createNatsSocket(false);
  const connection = await wsconnect({
    servers: nats.websocketUrl,
    authenticator: jwtAuthenticator(jwt),
    reconnectTimeWait: 1,
    reconnectJitter: 0,
    wsFactory: dial,
  });
  const silent = new Set<WebSocket>();
  const goodbye = vi.spyOn(WebSocket.prototype, 'close').mockImplementation(function (this: WebSocket) {
    silent.add(this);
  });
  onTestFinished(async () => {
    goodbye.mockRestore();
    for (const socket of silent) socket.close();
    await connection.close();
  });
  const again = reconnected(connection);
  drop();
  await again;
  expect(silent.size).toBe(1);
  expect(await connection.rtt()).toBeGreaterThanOrEqual(0);
});
