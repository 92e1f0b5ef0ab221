import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { PushPayload } from '#lib/core/notification.ts';

type Options = { tag: string; data: PushPayload; silent?: boolean };

/** As Chromium is: a look at what is shown forgets what is on its way to the screen. */
function screenThatForgets() {
  const shown = new Map<string, Options>();
  const coming = new Set<string>();
  const soon = () => new Promise((resolve) => setTimeout(resolve, 1));
  return {
    shown,
    registration: {
      async getNotifications({ tag }: { tag?: string } = {}) {
        for (const lost of coming) shown.delete(lost);
        await soon();
        return [...shown.values()].filter((one) => !tag || one.tag === tag).map((one) => ({ ...one, close: () => shown.delete(one.tag) }));
      },
      async showNotification(_title: string, options: Options) {
        coming.add(options.tag);
        shown.set(options.tag, options);
        await soon();
        coming.delete(options.tag);
      },
    },
  };
}

let screen: ReturnType<typeof screenThatForgets>;
let notifications: typeof import('./notifications.ts');
beforeEach(async () => {
  screen = screenThatForgets();
  vi.stubGlobal('self', { registration: screen.registration });
  vi.resetModules();
  notifications = await import('./notifications.ts');
});
afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

const payload = (threadId: string, id = 'no_1'): PushPayload => ({
  ...{
    id,
    kind: 'done',
    tag: threadId,
    url: `/threads/${threadId}`,
    title: 'Done',
    body: 'a.txt',
    at: '2026-11-22T06:00:00.000Z',
    badge: 0,
  },
});

test('all of a burst are shown, while the page takes one away and a press is answered', async () => {
  const { showPush, sayInstead, closeNotifications } = notifications;
  await Promise.all([
    ...['th_1', 'th_2', 'th_3'].map((threadId) => showPush(payload(threadId))),
    sayInstead(payload('th_4'), 'Not taken', 'It was answered already.'),
    closeNotifications('th_2'),
    showPush(payload('th_5')),
  ]);
  expect([...screen.shown.keys()]).toEqual(['th_1', 'th_3', 'th_4', 'th_5']);
});

test('the same one again makes no sound, another of its thread does', async () => {
  const { showPush } = notifications;
  const isSilent = async (id: string) => {
    await showPush(payload('th_1', id));
    return screen.shown.get('th_1')?.silent ?? false;
  };
  expect([await isSilent('no_1'), await isSilent('no_1'), await isSilent('no_2')]).toEqual([false, true, false]);
});

test('one that the browser does not show holds up the others for a while only', async () => {
  const { showPush } = notifications;
  vi.useFakeTimers();
  vi.spyOn(screen.registration, 'showNotification').mockReturnValueOnce(new Promise(() => {}));
  void showPush(payload('th_1'));
  void showPush(payload('th_2'));
  await vi.advanceTimersByTimeAsync(9_000);
  expect([...screen.shown.keys()]).toEqual([]);
  await vi.advanceTimersByTimeAsync(2_000);
  expect([...screen.shown.keys()]).toEqual(['th_2']);
});

test('those behind one that the browser does not show are still shown one at a time', async () => {
  const { showPush } = notifications;
  vi.useFakeTimers();
  const hang = () => new Promise<never>(() => {});
  vi.spyOn(screen.registration, 'showNotification').mockImplementationOnce(hang).mockImplementationOnce(hang);
  for (const threadId of ['th_1', 'th_2', 'th_3', 'th_4']) void showPush(payload(threadId));
  await vi.advanceTimersByTimeAsync(19_000);
  expect([...screen.shown.keys()]).toEqual([]);
  await vi.advanceTimersByTimeAsync(2_000);
  expect([...screen.shown.keys()]).toEqual(['th_3', 'th_4']);
});

test('one that the browser refuses holds up nothing that comes after it', async () => {
  const { showPush, closeNotifications } = notifications;
  await showPush(payload('th_1'));
  const refuse = vi.spyOn(screen.registration, 'showNotification').mockRejectedValueOnce(new TypeError('No permission.'));
  await expect(showPush(payload('th_2'))).rejects.toThrow('No permission.');
  refuse.mockRestore();
  await showPush(payload('th_3'));
  expect([...screen.shown.keys()]).toEqual(['th_1', 'th_3']);
  await closeNotifications();
  expect(screen.shown.size).toBe(0);
});
