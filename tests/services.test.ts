import { readFile, stat } from 'node:fs/promises';
import { jetstreamManager } from '@nats-io/jetstream';
import { jwtAuthenticator, wsconnect } from '@nats-io/nats-core';
import { connect, credsAuthenticator } from '@nats-io/transport-node';
import postgres from 'postgres';
import { expect, onTestFinished, test } from 'vitest';
import { freePorts } from '#bin/services/free-port.ts';
import { createDeviceCredential } from '#lib/bus/device-credentials.ts';
import { cuttableLine } from './e2e/cuttable-line.ts';
import { testDatabase, testHome, testNats } from './services.ts';

const [first, second, nats, home] = await Promise.all([testDatabase(), testDatabase(), testNats(), testHome()]);

test('each database is migrated and its own', async () => {
  const [one, other] = [postgres(first, { max: 1 }), postgres(second, { max: 1 })];
  await one`insert into workspaces (id, name) values ('ws_1', 'One')`;
  expect(await one`select name from workspaces`).toEqual([{ name: 'One' }]);
  expect(await other`select name from workspaces`).toEqual([]);
  await Promise.all([one.end(), other.end()]);
});

test('nats-server takes the credentials, has JetStream, and refuses a stranger', async () => {
  const connection = await connect({ servers: nats.url, authenticator: credsAuthenticator(await readFile(nats.credsFile)) });
  const manager = await jetstreamManager(connection);
  expect(await manager.streams.names().next()).toEqual([]);
  await connection.close();
  await expect(connect({ servers: nats.url, reconnect: false })).rejects.toThrow(/authorization/i);
});

test('nats-server waits for a device whose line is slow', async () => {
  const line = await cuttableLine(nats.websocketUrl.replace(/^ws/, 'http'));
  onTestFinished(() => line.close());
  // There and back takes more than the two seconds that nats-server gives by itself.
  line.worsen(1_100, 0);
  const { jwt } = await createDeviceCredential({ accountSeed: nats.accountSeed, workspaceId: 'ws_mine' });
  const device = await wsconnect({ servers: line.url.replace(/^http/, 'ws'), authenticator: jwtAuthenticator(jwt), reconnect: false });
  line.mend();
  await device.close();
});

test('free ports that are asked for together are no two the same', async () => {
  expect(new Set(await freePorts(500)).size).toBe(500);
});

test('secrets of nats-server are readable by their owner only', async () => {
  expect((await stat(nats.credsFile)).mode & 0o777).toBe(0o600);
});

test('a home is an empty folder', async () => {
  expect((await stat(home.root)).isDirectory()).toBe(true);
});
