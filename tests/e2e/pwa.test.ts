import { appendFile, readFile, writeFile } from 'node:fs/promises';
import { describe, expect, it } from 'vitest';
import type { PushPayload } from '#lib/core/notification.ts';
import { vapidKeys } from '#lib/notifications/vapid-keys.ts';
import { startPushService } from '#tests/push/start-push-service.ts';
import { choirInBrowser } from './choir-in-browser.ts';
import { expectAccessible } from './expect-accessible.ts';
import { away, installedApp, untilKept } from './installed-app.ts';
import { notificationsOf } from './notifications-of.ts';
import { answered, giveGoal, patience, question, runEnd, say } from './thread-page.ts';

const service = await startPushService(() => vapidKeys(choir().home).publicKey);
const inBrowser = choirInBrowser(async () => ({ CHOIR_PUSH_TEST_ORIGIN: service.origin }));
const { choir, newProject } = inBrowser;
const { line, install } = installedApp(inBrowser);

/** A service worker gives a request 20 s before it says that it waits. */
const workerPatience = { timeout: 45_000 };

describe('without a network', () => {
  it('a thread opens as it stood, and what is said is sent once when the network is back', async () => {
    const { page, tolerate } = await install(`/?project=${await newProject()}`);
    tolerate(away);
    const threadId = await giveGoal(page, 'create a.txt with one');
    await runEnd(page, 'Done').waitFor();
    await untilKept(page, `/threads/${threadId}`, 'a.txt');
    await untilKept(page, '/', 'create a.txt');
    line().cut();
    await page.reload();
    await runEnd(page, 'Done').waitFor();
    await page
      .getByRole('status')
      .filter({ hasText: /Offline, as of \d/ })
      .waitFor();
    await say(page, 'Next goal', 'create b.txt with two');
    const waiting = page.getByRole('list', { name: 'On the way' });
    await waiting.getByText('Waiting to be sent').waitFor();
    await say(page, 'Next goal', 'create c.txt with three');
    await expect.poll(() => waiting.getByRole('listitem').count(), patience).toBe(2);
    await expectAccessible(page);
    await page.getByRole('link', { name: 'All threads' }).click();
    await page.getByRole('main').getByText('2 to be sent').waitFor();
    await page
      .getByRole('status')
      .filter({ hasText: /As of \d/ })
      .waitFor();
    await page.getByLabel('Goal').fill('create d.txt with four');
    await page.getByRole('button', { name: 'Send' }).click();
    await page.getByText('Waiting to be sent').waitFor();
    await page.goto('/rules');
    await page.getByRole('heading', { name: 'Offline' }).waitFor();
    await page.goto(`/threads/${threadId}`);
    await expect.poll(() => waiting.getByRole('listitem').count(), patience).toBe(2);
    line().mend();
    await page.goto('/');
    await page.getByText('Sent · open').waitFor({ timeout: 60_000 });
    await page.goto(`/threads/${threadId}`);
    await waiting.waitFor({ state: 'detached' });
    const goals = async () =>
      (await choir().thread(threadId)).items.flatMap((item) => (item.kind === 'goal' || item.kind === 'guidance' ? [item.text] : []));
    await expect.poll(goals, patience).toEqual(['create a.txt with one', 'create b.txt with two', 'create c.txt with three']);

    await page.getByRole('link', { name: 'All threads' }).click();
    // Not the thread's own field, which is for its next goal.
    await page.getByLabel('Goal', { exact: true }).waitFor();
    line().cut();
    await page.getByLabel('Goal', { exact: true }).fill('create e.txt with five');
    await page.getByRole('button', { name: 'Send' }).click();
    await page.getByText('Waiting to be sent').waitFor();
    line().mend();
    await page.waitForURL((url) => /\/threads\/[^/]+$/.test(url.pathname) && !url.pathname.endsWith(threadId));
    await page.getByText('create e.txt with five').first().waitFor();
  });

  it('an answer waits on its card, and is given once', async () => {
    const { page, tolerate } = await install(`/?project=${await newProject()}`);
    tolerate(away);
    const threadId = await giveGoal(page, 'create a.txt with one then run `rm a.txt; touch b.txt`');
    await question(page).waitFor();
    line().cut();
    await question(page).getByRole('button', { name: 'Modify' }).click();
    const words = page.getByLabel('What should change?');
    await words.fill('instead create c.txt with three');
    await question(page).getByRole('button', { name: 'Send' }).click();
    await question(page).getByRole('button', { name: 'Take the words back' }).click();
    await expect.poll(() => words.inputValue(), patience).toBe('instead create c.txt with three');
    const approve = async () => {
      await question(page).getByRole('button', { name: 'Back' }).click();
      await question(page).getByRole('button', { name: 'Approve' }).click();
      await question(page).getByText('Waiting to be sent').waitFor();
    };
    await approve();
    await question(page).getByRole('button', { name: 'Take the words back' }).click();
    await question(page).getByRole('button', { name: 'Modify' }).click();
    expect(await words.inputValue()).toBe('instead create c.txt with three');
    await approve();
    line().mend();
    await page.evaluate(() => window.dispatchEvent(new Event('online')));
    await answered(page, 'Approved').waitFor();
    await runEnd(page, 'Done').waitFor();
    expect((await choir().thread(threadId)).run?.approvals.map(({ answer }) => answer?.via)).toEqual(['pwa']);
  });
});

describe('a newer version', () => {
  it('is offered, is taken with the next page, and loses no draft; away from the network it leaves the page that stands', async () => {
    const { page, tolerate } = await install('/');
    tolerate(away);
    const file = 'public/sw.js';
    const before = await readFile(file, 'utf8');
    const offered = page.getByRole('button', { name: 'Use the new version' });
    const offer = async (words: string) => {
      // One that comes while the page still comes to life is taken for the page's own: each look finds another.
      const isOffered = async () => {
        await appendFile(file, `\n// ${words}\n`);
        await page.evaluate(async () => (await navigator.serviceWorker.getRegistration())?.update());
        return offered.isVisible();
      };
      await expect.poll(isOffered, { ...patience, interval: 500 }).toBe(true);
    };
    const mark = () => page.evaluate(() => document.body.setAttribute('data-stands', ''));
    const stands = page.locator('body[data-stands]');
    try {
      await offer('newer');
      await expectAccessible(page);
      await page.getByLabel('Goal').fill('half a tho');
      await mark();
      await page.getByRole('link', { name: 'Settings' }).first().click();
      await page.waitForURL('**/settings');
      await stands.waitFor({ state: 'detached' });
      await offered.waitFor({ state: 'detached' });
      await page.goto('/');
      await expect.poll(() => page.getByLabel('Goal').inputValue(), patience).toBe('half a tho');
      await offer('newest');
      await mark();
      line().cut();
      await Promise.all([page.waitForEvent('requestfailed', (request) => request.url().endsWith('/api/health')), offered.click()]);
      await page.getByLabel('Goal').fill('half a thought');
      expect([await stands.count(), await offered.isVisible()]).toEqual([1, true]);
      line().mend();
      await page.evaluate(() => {
        Object.defineProperty(document, 'hidden', { value: true });
        document.dispatchEvent(new Event('visibilitychange'));
      });
      await page.waitForFunction(async () => (await navigator.serviceWorker.getRegistration())?.waiting === null);
      expect(await stands.count()).toBe(1);
      await offered.click();
      await stands.waitFor({ state: 'detached' });
    } finally {
      await writeFile(file, before);
    }
  });
});

describe('a notification', () => {
  it('is turned on and tested in the settings, and comes over the wire', async () => {
    const { page } = await install('/settings');
    await page.getByRole('button', { name: 'Turn on for this device' }).waitFor();
    const phone = service.newDevice();
    // The browser here has no push service to subscribe at: the device is subscribed by hand.
    const put = await page.request.put('/api/push/subscription', { data: phone.subscription, headers: { origin: line().url } });
    expect(put.status()).toBe(200);
    await page.reload();
    await page.getByRole('button', { name: 'Send a test notification' }).click();
    await page.getByText('Sent: the push service of this device has taken it.').waitFor();
    expect(phone.received.map(({ payload }) => payload.title)).toEqual(['Choir']);
    await page.getByLabel('Quiet hours').check();
    await page.getByLabel('Then ask in Telegram').selectOption({ label: 'never' });
    await page.getByText('Kept for all of your devices.').waitFor();
    await page.reload();
    await page.getByText('UTC. What comes meanwhile').waitFor();
    expect(await page.getByLabel('Then ask in Telegram').inputValue()).toBe('');
    await page.getByText('What was sent').click();
    await expectAccessible(page);
    await page.getByLabel('Quiet hours').uncheck();
    await page.getByRole('button', { name: 'Turn off here' }).click();
    await page.getByRole('button', { name: 'Turn on for this device' }).waitFor();
    expect(service.problems).toEqual([]);
  });

  it('shows the question of an agent, answers it, and says when somebody else did', async () => {
    const { page, tolerate } = await install(`/?project=${await newProject()}`);
    tolerate(away);
    const threadId = await giveGoal(page, 'create a.txt with one then run `rm a.txt; touch b.txt`');
    await question(page).waitFor();
    await page.getByRole('button', { name: 'Notifications of this thread' }).click();
    await page.getByText('Questions', { exact: true }).click();
    await expectAccessible(page);
    await page.getByRole('button', { name: 'Close' }).click();
    await page.goto('/');
    const open = (await choir().thread(threadId)).run?.approvals[0];
    const userId = (await page.locator('meta[name="choir-person"]').getAttribute('content')) ?? '';
    const asked = { approvalId: open?.approvalId ?? '', actionHash: open?.action.hash ?? '', userId };
    const payload: PushPayload = {
      ...{ id: 'no_1', kind: 'approval', tag: threadId, url: `/threads/${threadId}`, title: 'Keep what this did?', body: 'rm a.txt' },
      ...{ at: new Date().toISOString(), badge: 1, question: asked },
    };
    const { push, shown, press } = notificationsOf(page);
    await push(payload);
    await expect.poll(shown, patience).toEqual([{ title: 'Keep what this did?', body: 'rm a.txt', actions: ['approve', 'reject'] }]);
    await push(payload);
    await expect.poll(shown, patience).toHaveLength(1);
    await press('approve');
    await expect.poll(async () => (await choir().thread(threadId)).run?.approvals[0]?.answer?.decision, workerPatience).toBe('approve');
    await push({ ...payload, id: 'no_2' });
    await expect.poll(shown, patience).toHaveLength(1);
    await press('reject');
    await expect.poll(async () => (await shown())[0]?.body, workerPatience).toMatch(/answered already: approved by .+, in the app/);
    await page.goto(`/threads/${threadId}`);
    await answered(page, 'Approved').waitFor();
    await expect.poll(shown, patience).toEqual([]);
  });
});

describe('this device', () => {
  it('opens its pages where its storage takes nothing more, and keeps what it has', async () => {
    const { page, tolerate } = await install('/');
    tolerate(away);
    await page.goto('/');
    await untilKept(page, '/', 'choir-person');
    const workers = page.context().serviceWorkers();
    expect(workers).not.toEqual([]);
    const fill = () => {
      const refuse = () => Promise.reject(new DOMException('The storage is full.', 'QuotaExceededError'));
      Cache.prototype.put = refuse;
      Cache.prototype.add = refuse;
    };
    for (const worker of workers) await worker.evaluate(fill);
    await page.goto('/activity');
    await page.getByRole('heading', { name: 'Activity', exact: true }).waitFor();
    await page.goto('/settings');
    await page.getByRole('button', { name: 'Sign out' }).waitFor();
    await page.goto('/');
    await page.getByLabel('Goal').waitFor();
    line().cut();
    await page.goto('/activity');
    await page.getByRole('heading', { name: 'Offline' }).waitFor();
    await page.goto('/');
    await page
      .getByRole('status')
      .filter({ hasText: /as of \d/i })
      .waitFor();
    await page.getByLabel('Goal').waitFor();
  });

  it('takes what another app shares as the beginning of a goal', async () => {
    const { page } = await install('/');
    await page.evaluate(() => {
      const form = document.createElement('form');
      form.method = 'post';
      form.enctype = 'multipart/form-data';
      form.action = '/share';
      form.innerHTML =
        '<input name="title" value="A page"><input name="url" value="https://example.org/a"><input name="files" type="file" id="shared-file">';
      document.body.append(form);
    });
    await page.locator('#shared-file').setInputFiles({ name: 'notes.txt', mimeType: 'text/plain', buffer: Buffer.from('soil\n') });
    await page.evaluate(() => document.querySelector('form[action="/share"]')?.dispatchEvent(new Event('submit')));
    await page.evaluate(() => (document.querySelector('form[action="/share"]') as HTMLFormElement).submit());
    await expect.poll(() => page.getByLabel('Goal').inputValue(), patience).toBe('A page\nhttps://example.org/a');
    await page.getByText('notes.txt').waitFor();
    expect(new URL(page.url()).search).toBe('');
  });
});
