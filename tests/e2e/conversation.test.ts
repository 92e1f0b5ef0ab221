import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import type { Page } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import { compileHint } from '#bin/start/build/hint-scripts.ts';
import { choirInBrowser } from './choir-in-browser.ts';
import { expectAccessible } from './expect-accessible.ts';
import { giveGoal, patience, runEnd, say, untilLive } from './thread-page.ts';
import { untilAlive } from './until-alive.ts';
import { writeLongThread } from './write-long-thread.ts';

const { choir, newProject, open } = choirInBrowser();
const runs = 12;
const mostRows = 200;
const firstLoadBytes = 200_000;

/** A PNG of one pixel. */
const pixel = Buffer.from('iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==', 'base64');

declare global {
  interface Window {
    /** How much of what is in sight has moved by itself, as the browser measures it. */
    shifted: number;
  }
}

const message = (page: Page, number: number) => page.getByText(`Message ${number}. The card`);

/** The rows are few, and nothing but the conversation itself scrolls. */
async function expectCalm(page: Page): Promise<void> {
  const { rows, scrolled, overflow } = await page.evaluate(() => ({
    rows: document.querySelectorAll('[data-row]').length,
    scrolled: window.scrollY,
    overflow: document.documentElement.scrollHeight - window.innerHeight,
  }));
  expect(rows).toBeLessThanOrEqual(mostRows);
  expect(rows).toBeGreaterThan(3);
  expect({ scrolled, overflow }).toEqual({ scrolled: 0, overflow: 0 });
}

/** Scrolls up by wheel to a message, or past it. */
async function scrollUpTo(page: Page, number: number): Promise<void> {
  const box = await page.getByRole('region', { name: 'What happened' }).boundingBox();
  await page.mouse.move((box?.x ?? 0) + 100, (box?.y ?? 0) + 100);
  const oldest = async () => {
    await page.mouse.wheel(0, -1_000);
    const texts = await page.getByText(/^Message \d+\. The card/).allInnerTexts();
    return Math.min(...texts.map((text) => Number(/\d+/.exec(text)?.[0])));
  };
  await expect.poll(oldest, { timeout: 60_000, interval: 20 }).toBeLessThanOrEqual(number);
}

describe('a conversation of thousands of events', () => {
  it('opens at its end, is read up to older parts, and is entered anywhere', async () => {
    const { threadId, firstSeqOfRun } = await writeLongThread(choir(), runs);
    const last = runs * 100 - 1;
    const { page, tolerate } = await open('phone', `/threads/${threadId}`);
    await untilLive(page);
    await message(page, last).waitFor();
    // A word of its own once the code has its colours, which the server does not draw.
    await page.getByText('export', { exact: true }).waitFor();
    await expectCalm(page);

    await scrollUpTo(page, last - 250);
    await expectCalm(page);
    expect(await message(page, last).count()).toBe(0);
    await expectAccessible(page);

    const toPlace = page.getByRole('button', { name: /^Go to another place/ });
    await toPlace.tap();
    await page.getByRole('dialog').getByRole('button', { name: 'The start' }).waitFor();
    await expectAccessible(page);
    await page.getByLabel('Find in this thread').fill('part 4 of');
    await page
      .getByRole('dialog')
      .getByRole('button', { name: /^Chapter 4:/ })
      .tap();
    await page.getByText('Chapter 4: make part 4').last().waitFor();
    await message(page, 300).waitFor();
    await expectCalm(page);

    await page.keyboard.press('Control+f');
    await page.getByLabel('Find in this thread').fill('Message 777');
    await page
      .getByRole('dialog')
      .getByRole('button', { name: /Message 777/ })
      .tap();
    await message(page, 777).waitFor();

    tolerate(/net::/);
    await page.route(/\/checkpoints\?/, (route) => route.abort(), { times: 1 });
    await toPlace.tap();
    const places = page.getByRole('dialog', { name: 'Go to' });
    await places.getByRole('button', { name: 'Try again' }).tap();
    await places.getByRole('button', { name: /^Chapter 4:/ }).waitFor();
    await places.getByRole('button', { name: 'Try again' }).waitFor({ state: 'detached' });
    await page.keyboard.press('Escape');

    await page.route(/\/events\?after=0&/, (route) => route.abort(), { times: 1 });
    await page.getByRole('region', { name: 'What happened' }).press('Home');
    await page.getByRole('button', { name: 'Try again' }).tap();
    await page.getByText('Chapter 1: make part 1').last().waitFor();
    await message(page, 0).waitFor();
    await toPlace.waitFor({ state: 'detached' });
    await page.getByRole('button', { name: 'To the newest' }).tap();
    await message(page, last).waitFor();
    await page.getByRole('button', { name: 'To the newest' }).waitFor({ state: 'detached' });

    await page.goto(`/threads/${threadId}?at=${firstSeqOfRun[5]}`);
    await page.getByText('Chapter 6: make part 6').last().waitFor();
    await message(page, 500).waitFor();
    await expectCalm(page);

    await page.getByRole('button', { name: /item-card-500/ }).press('Enter');
    await page.getByText(/characters left out/).waitFor();
    await page.getByRole('button', { name: 'Show all of it' }).press('Enter');
    await page.getByText(/characters left out/).waitFor({ state: 'detached' });
  });

  it('stands still where one reads while newer words come', async () => {
    const { page } = await open('desktop', `/?project=${await newProject()}`);
    const threadId = await giveGoal(page, Array.from({ length: 12 }, (_, index) => `create f${index}.txt with one`).join(' then '));
    await runEnd(page, 'Done').waitFor();
    const scroller = page.getByRole('region', { name: 'What happened' });
    await scroller.evaluate((box) => {
      box.scrollTop = 40;
    });
    await page.getByRole('button', { name: 'To the newest' }).waitFor();
    const goal = page.locator('[data-row]').first();
    const before = await goal.boundingBox();
    await choir().api('POST', `/api/threads/${threadId}/messages`, { text: 'create more.txt with two' });
    await expect.poll(async () => (await choir().thread(threadId)).run?.status === 'completed', patience).toBe(true);
    expect((await goal.boundingBox())?.y).toBe(before?.y);
    await page.getByRole('button', { name: 'To the newest' }).click();
    await page.getByText('create more.txt with two').last().waitFor();
  });

  it('loads little before it can be used, and keeps what is typed until then', async () => {
    const { page } = await open('phone', '/');
    const { promise: loaded, resolve: load } = Promise.withResolvers<void>();
    await page.route('**/*.js', (route) => loaded.then(() => route.continue()));
    await page.goto('/', { waitUntil: 'commit' });
    await page.getByLabel('Goal').fill('list the files');
    await page.getByRole('button', { name: 'Send' }).tap();
    load();
    await untilAlive(page);
    await page.getByRole('button', { name: 'Send' }).tap();
    await page.waitForURL(/\/threads\/[^/?]+$/);
    const threadId = new URL(page.url()).pathname.split('/')[2] ?? '';
    await runEnd(page, 'Done').waitFor();
    const html = await (await page.request.get(`/threads/${threadId}`)).text();
    const tags = [...html.matchAll(/<script[^>]+src="([^"]+)"[^>]*>/g)].filter(([tag]) => !/nomodule/i.test(tag));
    const sources = new Set(tags.map(([, source]) => source ?? ''));
    const scripts = await Promise.all([...sources].map(async (source) => (await page.request.get(source)).text()));
    expect(scripts.length).toBeGreaterThan(3);
    expect(scripts.every((script) => script.startsWith(compileHint))).toBe(true);
    expect(scripts.reduce((sum, script) => sum + gzipSync(script).length, 0)).toBeLessThanOrEqual(firstLoadBytes);
  });

  it('moves nothing while it comes to life, nor while it arrives', async () => {
    const { threadId } = await choir().api<{ threadId: string }>('POST', '/api/threads', { goal: 'list the files' });
    const { page } = await open('phone', `/threads/${threadId}`);
    await runEnd(page, 'Done').waitFor();
    await page.addInitScript(() => {
      window.shifted = 0;
      new PerformanceObserver((list) => {
        for (const entry of list.getEntries()) window.shifted += (entry as PerformanceEntry & { value: number }).value;
      }).observe({ type: 'layout-shift', buffered: true });
    });
    await page.reload();
    await untilLive(page);
    expect(await page.evaluate(() => window.shifted)).toBeLessThan(0.01);

    const html = await (await page.request.get(`/threads/${threadId}`)).text();
    const still = html.replaceAll(/<script.*?<\/script>/gs, '');
    const rows = page.locator('[data-row]');
    for (const [body, isShown] of [
      [still.slice(0, still.indexOf('type="submit"')), false],
      [still, true],
    ] as const) {
      await page.route(`**/threads/${threadId}`, (route) => route.fulfill({ contentType: 'text/html', body }), { times: 1 });
      await page.reload();
      expect(await rows.count()).toBeGreaterThan(1);
      expect(await rows.first().isVisible()).toBe(isShown);
    }
  });
});

describe('files and speech', () => {
  it('come along with a goal and with guidance while the agent works', async () => {
    const { page } = await open('desktop', `/?project=${await newProject()}`);
    const [chooser] = await Promise.all([page.waitForEvent('filechooser'), page.getByRole('button', { name: 'Attach files' }).click()]);
    await chooser.setFiles([
      { name: 'shelf plan.png', mimeType: 'image/png', buffer: pixel },
      { name: 'notes.txt', mimeType: 'text/plain', buffer: Buffer.from('mind the gap\n') },
    ]);
    const files = page.getByRole('list', { name: 'Files that come along' });
    await files.getByRole('button', { name: 'Leave out shelf plan.png' }).waitFor();
    const threadId = await giveGoal(page, 'run `for n in $(seq 1 40000); do echo line-$n; sleep 0.05; done`');
    await page.getByRole('link', { name: 'shelf-plan.png' }).getByRole('img').waitFor();
    await page.getByRole('link', { name: 'notes.txt' }).waitFor();

    await page.getByText('line-3', { exact: false }).first().waitFor();
    expect(await readFile(join(choir().home.tree(threadId), 'attachments/notes.txt'), 'utf8')).toBe('mind the gap\n');
    await page.getByLabel('Guidance for the agent').evaluate(
      (field, bytes) => {
        const transfer = new DataTransfer();
        transfer.items.add(new File([new Uint8Array(bytes)], 'pasted.png', { type: 'image/png' }));
        field.dispatchEvent(new ClipboardEvent('paste', { clipboardData: transfer, bubbles: true, cancelable: true }));
      },
      [...pixel],
    );
    await files.getByRole('button', { name: 'Leave out pasted.png' }).waitFor();
    await expectAccessible(page);
    await say(page, 'Guidance for the agent', 'then create d.txt with four');
    await page.getByText('then create d.txt with four').first().waitFor();
    await page.getByRole('link', { name: 'pasted.png' }).getByRole('img').waitFor();
    await expect
      .poll(() => readFile(join(choir().home.tree(threadId), 'attachments/pasted.png')).then((bytes) => bytes.equals(pixel)), patience)
      .toBe(true);
    await page.getByRole('button', { name: 'Stop' }).click();
    await runEnd(page, 'Stopped').waitFor();
  });

  it('say why a file did not arrive, are sent again, and wait with the draft when the page is left', async () => {
    const { page, tolerate } = await open('phone', '/#goal');
    tolerate(/413|net::/);
    await expect.poll(() => page.getByLabel('Goal').evaluate((field) => field === document.activeElement), patience).toBe(true);
    await page.route('**/api/uploads?*', (route) => route.abort(), { times: 1 });
    const [chooser] = await Promise.all([page.waitForEvent('filechooser'), page.getByRole('button', { name: 'Attach files' }).tap()]);
    await chooser.setFiles([{ name: 'list.txt', mimeType: 'text/plain', buffer: Buffer.from('one\n') }]);
    await page.getByRole('alert').filter({ hasText: 'It did not arrive' }).waitFor();
    await expectAccessible(page);
    await page.getByRole('button', { name: 'Send list.txt again' }).tap();
    await page.getByText('4 B').waitFor();
    await page.reload();
    await page.getByText('4 B').waitFor();
    const threadId = await giveGoal(page, 'list the files');
    await runEnd(page, 'Done').waitFor();
    await page.getByRole('link', { name: 'list.txt' }).waitFor();
    expect(await readFile(join(choir().home.tree(threadId), 'attachments/list.txt'), 'utf8')).toBe('one\n');
    await page.goto('/');
    await page.getByLabel('Goal').waitFor();
    expect(await page.getByRole('list', { name: 'Files that come along' }).count()).toBe(0);
  });

  it('go on while the person looks at another page, and are said once by one that is left meanwhile', async () => {
    const { page, tolerate } = await open('phone', `/?project=${await newProject()}`);
    tolerate(/net::/);
    const { promise: released, resolve: release } = Promise.withResolvers<void>();
    await page.route('**/api/uploads?*', (route) => released.then(() => route.continue()), { times: 1 });
    const [chooser] = await Promise.all([page.waitForEvent('filechooser'), page.getByRole('button', { name: 'Attach files' }).tap()]);
    await chooser.setFiles([{ name: 'list.txt', mimeType: 'text/plain', buffer: Buffer.from('one\n') }]);
    await page.getByRole('link', { name: 'Settings' }).first().tap();
    await page.waitForURL('**/settings');
    await page.goBack();
    await page.getByRole('progressbar', { name: 'list.txt is on its way' }).waitFor();
    release();
    await page.getByText('4 B').waitFor();
    await page.getByRole('button', { name: 'Leave out list.txt' }).tap();
    await page.route('**/api/threads', () => {}, { times: 1 });
    await page.getByLabel('Goal').fill('create left.txt with one');
    await Promise.all([page.waitForRequest('**/api/threads'), page.getByRole('button', { name: 'Send' }).tap()]);
    await page.getByLabel('Goal').press('Control+Enter');
    await page.goto('/settings');
    await page.goBack();
    await page.getByText('Sent · open').waitFor();
    expect(await page.getByLabel('Goal').inputValue()).toBe('');
  });

  it('are recorded by hold and by key, taken back by sliding away and by Escape', async () => {
    const { page } = await open('phone', '/', { permissions: ['microphone'] });
    const talk = page.getByRole('button', { name: 'Hold to talk' });
    const end = page.getByRole('button', { name: 'End the recording' });
    const recording = page.getByRole('status').filter({ hasText: 'Recording.' });
    await talk.focus();
    await page.keyboard.press('Enter');
    await recording.waitFor({ state: 'attached' });
    await expectAccessible(page);
    await page.keyboard.press('Escape');
    await recording.waitFor({ state: 'detached' });

    const box = await talk.boundingBox();
    const [x, y] = [(box?.x ?? 0) + 22, (box?.y ?? 0) + 22];
    await page.mouse.move(x, y);
    await page.mouse.down();
    await recording.waitFor({ state: 'attached' });
    await page.mouse.move(x + 120, y, { steps: 4 });
    await page.getByText('Let go to cancel').waitFor();
    await page.mouse.up();
    await recording.waitFor({ state: 'detached' });
    expect(await page.getByRole('list', { name: 'Files that come along' }).count()).toBe(0);

    await page.mouse.move(x, y);
    await page.mouse.down();
    await recording.waitFor({ state: 'attached' });
    await page.getByText('0:01').waitFor();
    await page.mouse.up();
    await page.getByRole('button', { name: /^Leave out voice-.*\.webm$/ }).waitFor();
    await end.waitFor({ state: 'detached' });
    await expectAccessible(page);
    await page.getByRole('button', { name: 'Send' }).tap();
    await page.waitForURL(/\/threads\/[^/?]+$/);
    await page.getByText('Listen to the attached recording.').last().waitFor();
    await page.getByRole('link', { name: /^voice-.*\.webm$/ }).waitFor();
  });
});
