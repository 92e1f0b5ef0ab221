import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { createDeviceWire } from './device-wire.ts';
import type { Wire } from './wire.ts';

const page = new EventTarget();
beforeEach(() => {
  vi.stubGlobal('document', page);
  vi.stubGlobal('window', page);
});
afterEach(() => vi.unstubAllGlobals());

const silent: Wire = { followThread: () => () => {}, followAll: () => () => {}, check: () => {}, close: () => {} };

test('opens one wire, however often a phone that wakes says so', async () => {
  const opening = Promise.withResolvers<Wire>();
  const opens = vi.fn(() => opening.promise);
  opens.mockRejectedValueOnce(new Error('no network'));
  const wire = createDeviceWire(opens);
  await expect.poll(() => opens.mock.settledResults.length).toBe(1);
  for (const event of ['online', 'visibilitychange', 'online']) page.dispatchEvent(new Event(event));
  expect(opens).toHaveBeenCalledTimes(2);
  wire.close();
});

test('tells a follower to look again once the wire is open: what changed before was heard by nobody', async () => {
  const opening = Promise.withResolvers<Wire>();
  const wire = createDeviceWire(() => opening.promise);
  const heard: (string | null)[] = [];
  wire.followAll((threadId) => heard.push(threadId));
  expect(heard).toEqual([]);
  opening.resolve(silent);
  await expect.poll(() => heard).toEqual([null]);
  wire.close();
});
