import { afterEach, expect, it, vi } from 'vitest';
import type { OutboxEntry } from './entry.ts';
import { sendEntry } from './send-entry.ts';

const approve: OutboxEntry = {
  ...{ order: 1, id: 'rq_1', userId: 'us_1', at: '2026-11-22T12:00:00Z', state: 'waiting' as const },
  ...{ path: '/api/approvals/ap_1', body: { decision: 'approve' }, words: '' },
  about: { kind: 'answer', threadId: 'th_1', approvalId: 'ap_1', decision: 'approve' },
};

function answer(status: number, body: string): void {
  vi.stubGlobal('fetch', async () => new Response(body, { status }));
}

afterEach(() => vi.unstubAllGlobals());

it.each([
  [404, 'page not found'],
  [502, 'Bad gateway'],
])('waits where what stands before Choir answers %i while Choir is away', async (status, body) => {
  answer(status, body);
  expect(await sendEntry(approve)).toEqual({ state: 'later' });
});

it('is refused in the words of Choir itself', async () => {
  answer(404, JSON.stringify({ title: 'Not found', detail: 'There is no such question.', code: 'not-found' }));
  expect(await sendEntry(approve)).toEqual({ state: 'refused', status: 404, why: 'There is no such question.' });
});
