import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { PushPayload } from '#lib/core/notification.ts';

type Shown = { title: string; body: string; data: PushPayload };

let shown: Shown[];
let worker: typeof import('./answer-question.ts');
beforeEach(async () => {
  shown = [];
  const showNotification = async (title: string, { body, data }: Omit<Shown, 'title'>) => void shown.push({ title, body, data });
  vi.stubGlobal('self', { registration: { showNotification } });
  vi.stubGlobal('indexedDB', undefined);
  vi.resetModules();
  worker = await import('./answer-question.ts');
});
afterEach(() => void vi.unstubAllGlobals());

const payload: PushPayload = {
  ...{ id: 'no_1', kind: 'approval', tag: 'th_1', url: '/threads/th_1', title: 'Keep what this did?', body: 'rm a.txt' },
  ...{ at: '2026-11-22T06:00:00.000Z', badge: 1, question: { approvalId: 'ap_1', actionHash: 'hash', userId: 'us_anna' } },
};
const { question: _, ...withoutQuestion } = payload;

/** Choir, or what stands in its place; gives the requests that came. */
function network(answer: () => Response) {
  const asked: unknown[] = [];
  vi.stubGlobal('fetch', async (path: string, { body, headers }: { body: string; headers: Record<string, string> }) => {
    asked.push([path, headers['choir-person'], JSON.parse(body)]);
    return answer();
  });
  return asked;
}

test('on a device that stores nothing the answer is sent all the same', async () => {
  const asked = network(() => Response.json({}));
  await worker.answerQuestion(payload, 'approve');
  const body = { decision: 'approve', actionHash: 'hash', requestId: expect.stringMatching(/^rq_/) };
  expect(asked).toEqual([['/api/approvals/ap_1', 'us_anna', body]]);
  expect(shown).toEqual([]);
});

test('an answer that is neither stored nor sent is said to be lost, and the way to the thread stays', async () => {
  network(() => {
    throw new TypeError('Failed to fetch');
  });
  await worker.answerQuestion(payload, 'reject');
  const body = 'This device could not keep it. Open the thread to answer.';
  expect(shown).toEqual([{ title: 'Reject was not sent', body, data: withoutQuestion }]);
});

test('an answer that Choir refuses is said with the reason', async () => {
  network(() => Response.json({ detail: 'It was answered already.' }, { status: 409 }));
  await worker.answerQuestion(payload, 'approve');
  expect(shown).toEqual([{ title: 'Not taken', body: 'It was answered already.', data: withoutQuestion }]);
});
