import { gzipSync } from 'node:zlib';
import type { Page } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import { compileHint } from '#bin/start/build/hint-scripts.ts';
import { choirInBrowser } from './choir-in-browser.ts';
import { expectAccessible } from './expect-accessible.ts';
import { giveGoal, patience, runEnd, untilLive } from './thread-page.ts';
import { untilAlive } from './until-alive.ts';
import { writeLongThread } from './write-long-thread.ts';

const { choir, newProject, open } = choirInBrowser();
const runs = 12;
const mostRows = 200;
const firstLoadBytes = 200_000;

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
    await page.route(/\/api\/search\?/, (route) => route.abort(), { times: 1 });
    await page.getByLabel('Find in this thread').fill('Message 778');
    await places.getByRole('button', { name: 'Try again' }).tap();
    await places.getByRole('button', { name: /Message 778/ }).waitFor();
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
