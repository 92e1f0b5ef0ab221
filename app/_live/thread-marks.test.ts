import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { sendMark } from './thread-marks.ts';

let page: EventTarget;
let sent: { mark: unknown; answer: PromiseWithResolvers<Response> }[];
beforeEach(() => {
  page = new EventTarget();
  sent = [];
  vi.useFakeTimers();
  vi.stubGlobal('window', page);
  vi.stubGlobal('fetch', (_: string, { body }: { body: string }) => {
    const answer = Promise.withResolvers<Response>();
    sent.push({ mark: JSON.parse(body), answer });
    return answer.promise;
  });
});
afterEach(async () => {
  await vi.runAllTimersAsync();
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

const pass = (ms = 0) => vi.advanceTimersByTimeAsync(ms);
const marks = () => sent.map(({ mark }) => mark);

describe('what is set of one thread', () => {
  it('waits for what was set of it before, whatever became of that, and for nothing else', async () => {
    const first = sendMark('th_1', { archived: true });
    const second = sendMark('th_1', { archived: false });
    void sendMark('th_2', { readSeq: 4 });
    await pass();
    expect(marks()).toEqual([{ archived: true }, { readSeq: 4 }]);
    sent[0]?.answer.reject(new TypeError('Failed to fetch'));
    await expect(first).rejects.toMatchObject({ status: 0 });
    await pass();
    expect(marks().slice(2)).toEqual([{ archived: false }]);
    sent[2]?.answer.resolve(Response.json({}));
    await second;
  });

  it('goes out in its order when the page is left, without waiting for an answer', async () => {
    void sendMark('th_1', { archived: true });
    void sendMark('th_1', { archived: false });
    void sendMark('th_1', { readSeq: 4 });
    await pass();
    expect(marks()).toEqual([{ archived: true }]);
    page.dispatchEvent(new Event('pagehide'));
    await pass();
    expect(marks()).toEqual([{ archived: true }, { archived: false }, { readSeq: 4 }]);
  });

  it('waits only so long for one that is never answered, each for the one just before it', async () => {
    void sendMark('th_1', { archived: true });
    void sendMark('th_1', { archived: false });
    void sendMark('th_1', { readSeq: 4 });
    await pass(9_000);
    expect(marks()).toEqual([{ archived: true }]);
    await pass(2_000);
    expect(marks()).toEqual([{ archived: true }, { archived: false }]);
    sent[1]?.answer.resolve(Response.json({}));
    await pass();
    expect(marks()).toEqual([{ archived: true }, { archived: false }, { readSeq: 4 }]);
  });
});
