import { afterEach, expect, test, vi } from 'vitest';
import { canTranscribe } from './transcribe.ts';

afterEach(() => {
  vi.unstubAllGlobals();
  vi.restoreAllMocks();
});

test('whether Choir hears is no where it does not answer in time, and is asked again until it answers', async () => {
  const { signal, ...late } = timeLimit();
  const ask = vi.fn((_: string, init: RequestInit) => untilAborted(init.signal));
  vi.stubGlobal('fetch', ask);
  const unanswered = canTranscribe();
  late.passes();
  expect([signal.aborted, await unanswered]).toEqual([true, false]);

  const answer = vi.fn(async () => Response.json({ available: true }));
  vi.stubGlobal('fetch', answer);
  expect([await canTranscribe(), await canTranscribe()]).toEqual([true, true]);
  expect([ask.mock.calls.length, answer.mock.calls.length]).toEqual([1, 1]);
});

/** The time that a request is given, which passes when the test says so. */
function timeLimit() {
  const limit = new AbortController();
  vi.spyOn(AbortSignal, 'timeout').mockReturnValue(limit.signal);
  return { signal: limit.signal, passes: () => limit.abort() };
}

function untilAborted(signal: AbortSignal | null | undefined): Promise<Response> {
  return new Promise((_, reject) => signal?.addEventListener('abort', () => reject(signal.reason)));
}
