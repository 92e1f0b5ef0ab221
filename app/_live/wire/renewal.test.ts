import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { LiveGrant } from './live-grant.ts';
import { createRenewal, type NatsGrant } from './renewal.ts';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

const lifeMs = 300_000;

function grantOf(jwt: string): NatsGrant {
  return { kind: 'nats', workspaceId: 'ws_mine', jwt, expiresAt: Date.now() + lifeMs };
}

/** A connection that is open unless a test says otherwise, and how often it was dropped. */
function renewed(fetchGrant: () => Promise<LiveGrant> = async () => grantOf('second')) {
  const fetches = vi.fn(fetchGrant);
  const drop = vi.fn();
  const connection = { open: true };
  const renewal = createRenewal(grantOf('first'), { fetchGrant: fetches, isOpen: () => connection.open, drop });
  renewal.start();
  return { renewal, connection, fetches, drop };
}

test('opens an open connection anew with the next credentials a minute before the old ones expire', async () => {
  const { renewal, fetches, drop } = renewed();
  await vi.advanceTimersByTimeAsync(lifeMs - 60_001);
  expect(fetches).not.toHaveBeenCalled();
  await vi.advanceTimersByTimeAsync(1);
  expect(drop).toHaveBeenCalledTimes(1);
  expect(renewal.jwt()).toBe('second');
  await vi.advanceTimersByTimeAsync(lifeMs - 60_000);
  expect(drop).toHaveBeenCalledTimes(2);
});

test('leaves a connection alone that is dialling when the next credentials come', async () => {
  const { renewal, connection, drop } = renewed();
  connection.open = false;
  await vi.advanceTimersByTimeAsync(lifeMs - 60_000);
  expect(renewal.jwt()).toBe('second');
  expect(drop).not.toHaveBeenCalled();
});

test('asks again where Choir could not be reached', async () => {
  const { renewal, fetches, drop } = renewed();
  fetches.mockRejectedValueOnce(new Error('no network'));
  await vi.advanceTimersByTimeAsync(lifeMs - 60_000);
  expect([renewal.jwt(), drop.mock.calls.length]).toEqual(['first', 0]);
  await vi.advanceTimersByTimeAsync(5_000);
  expect([renewal.jwt(), drop.mock.calls.length]).toEqual(['second', 1]);
});

test('fetches at once only where too little is left of the credentials', async () => {
  const { renewal, fetches } = renewed();
  renewal.renewExpired();
  expect(fetches).not.toHaveBeenCalled();
  fetches.mockRejectedValueOnce(new Error('no network'));
  vi.setSystemTime(Date.now() + lifeMs);
  renewal.renewExpired();
  expect(fetches).toHaveBeenCalledTimes(1);
});

test('does nothing more once it is closed, also where a renewal is under way', async () => {
  const { promise, resolve } = Promise.withResolvers<LiveGrant>();
  const { renewal, fetches, drop } = renewed(() => promise);
  await vi.advanceTimersByTimeAsync(lifeMs - 60_000);
  renewal.close();
  resolve(grantOf('second'));
  await vi.advanceTimersByTimeAsync(2 * lifeMs);
  expect(fetches).toHaveBeenCalledTimes(1);
  expect(drop).not.toHaveBeenCalled();
  expect(vi.getTimerCount()).toBe(0);
});
