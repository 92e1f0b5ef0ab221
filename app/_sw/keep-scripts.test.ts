import { afterEach, expect, test, vi } from 'vitest';
import { fakeCaches } from '#tests/fake-caches.ts';
import { openScript } from './keep-scripts.ts';

const origin = 'http://choir.test';
const request = new Request(`${origin}/_next/static/a.js`);

afterEach(() => void vi.unstubAllGlobals());

/** Opens the script, and gives what it says once nothing is left to do. */
async function said(): Promise<string> {
  const works: Promise<unknown>[] = [];
  const response = await openScript(request, (work) => works.push(work));
  await Promise.all(works);
  return response.text();
}

test('a script comes from this device once it was read, and from the network where the device cannot read it', async () => {
  const fake = fakeCaches(origin);
  vi.stubGlobal('caches', fake.caches);
  vi.stubGlobal('fetch', async () => new Response('first'));
  expect(await said()).toBe('first');
  vi.stubGlobal('fetch', async () => new Response('second'));
  expect(await said()).toBe('first');
  fake.before = async (call) => {
    if (call === 'match') throw new Error('The disk broke.');
  };
  expect(await said()).toBe('second');
});
