import { createAccount } from '@nats-io/nkeys';
import { expect, test } from 'vitest';
import { createDeviceCredential } from '#lib/bus/device-credentials.ts';
import { byThisClock } from './live-grant.ts';

const accountSeed = new TextDecoder().decode(createAccount().getSeed());

test('credentials are good for as long on a device whose clock is hours off as on one whose clock is right', async () => {
  const credential = await createDeviceCredential({ accountSeed, workspaceId: 'ws_mine' });
  const grant = { kind: 'nats', workspaceId: 'ws_mine', ...credential } as const;
  const left = [-3, 0, 3].map((hours) => {
    const askedAt = Date.now() + hours * 3_600_000;
    const read = byThisClock(grant, askedAt);
    return read.kind === 'nats' && read.expiresAt - askedAt;
  });
  expect(left).toEqual([300_000, 300_000, 300_000]);
});
