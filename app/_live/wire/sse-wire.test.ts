import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { createSseWire } from './sse-wire.ts';

let asked: string[];
let answer: () => Response;
beforeEach(() => {
  asked = [];
  vi.useFakeTimers();
  vi.stubGlobal('document', { querySelector: () => null });
  vi.stubGlobal('fetch', async (path: string) => {
    asked.push(path);
    return answer();
  });
});
afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

async function linksOfSomeTime(): Promise<string[]> {
  const links: string[] = [];
  const wire = createSseWire();
  wire.followThread('th_1', { onLink: (link) => links.push(link), onDoubt() {}, onEvent() {}, onTyping() {}, lastSeq: () => 4 });
  await vi.advanceTimersByTimeAsync(2_500);
  wire.close();
  return links;
}

test('asks anew after a 404 of what stands before Choir, which says so of everything while Choir is away', async () => {
  answer = () => new Response('404 page not found', { status: 404 });
  const one = ['connecting', 'lost'];
  expect(await linksOfSomeTime()).toEqual([...one, ...one, ...one]);
  expect(asked).toEqual(Array(3).fill('/api/threads/th_1/events?after=4'));
});

test.each([
  [404, 'not-found'],
  [401, 'unauthenticated'],
])('asks no more where Choir answers %i: the thread is gone, or nobody is signed in', async (status, code) => {
  answer = () => Response.json({ code }, { status });
  expect(await linksOfSomeTime()).toEqual(['connecting', 'lost']);
  expect(asked).toHaveLength(1);
});
