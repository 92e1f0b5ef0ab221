import type { Page } from 'playwright-core';
import { describe, expect, it, vi } from 'vitest';
import { choirInBrowser } from './choir-in-browser.ts';
import { expectAccessible } from './expect-accessible.ts';
import { fillInbox } from './fill-inbox.ts';
import { giveGoal, patience, question, runEnd } from './thread-page.ts';

const { choir, newProject, open } = choirInBrowser();

const row = (page: Page, title: RegExp) => page.getByRole('main').getByRole('link', { name: title });

async function swipe(page: Page, title: RegExp, distance: number): Promise<void> {
  // A list that is read anew may draw its rows anew, too, and nobody swipes what has only just moved.
  const box = await vi.waitFor(async () => {
    const seen = await row(page, title).boundingBox();
    await page.waitForTimeout(100);
    const found = await row(page, title).boundingBox();
    if (!found || found.y !== seen?.y) throw new Error('The row does not stand still on the page.');
    return found;
  }, patience);
  const [x, y] = [box.x + box.width / 2, box.y + box.height / 2];
  const touch = await page.context().newCDPSession(page);
  const at = (type: 'touchStart' | 'touchMove' | 'touchEnd', points: { x: number; y: number }[]) =>
    touch.send('Input.dispatchTouchEvent', { type, touchPoints: points });
  await at('touchStart', [{ x, y }]);
  for (let step = 1; step <= 6; step += 1) await at('touchMove', [{ x: x + (distance * step) / 6, y }]);
  await at('touchEnd', []);
}

describe('the inbox', () => {
  it('says who needs one and what is new, lets one archive and bring back, and finds everything again', async () => {
    const { page } = await open('phone', `/?project=${await newProject()}`);
    const asking = await giveGoal(page, 'create pansies.txt with blue; then delete pansies.txt');
    await question(page).waitFor();
    await page.getByRole('link', { name: 'All threads' }).tap();
    await choir().api('POST', '/api/threads', { goal: 'create marigolds.txt with golden petals' });
    await expect.poll(() => page.getByRole('region', { name: 'Needs you' }).getByRole('link').count(), patience).toBe(1);
    await row(page, /Done\. Unread/)
      .filter({ hasText: 'marigolds' })
      .waitFor();
    await expect.poll(() => row(page, /pansies/).innerText(), patience).not.toContain('Unread');
    await expectAccessible(page);

    await row(page, /marigolds/).tap();
    // No second in the conversation: to go on is to have seen it.
    await page.getByRole('link', { name: 'Files', exact: true }).tap();
    await page.getByRole('button', { name: 'Find file' }).waitFor();
    await page.getByRole('link', { name: 'All threads' }).tap();
    // Not the file of that name.
    await page.getByRole('region', { name: 'Needs you' }).waitFor();
    await expect.poll(() => row(page, /marigolds/).innerText(), patience).not.toContain('Unread');
    await swipe(page, /marigolds/, 150);
    await row(page, /Unread/)
      .filter({ hasText: 'marigolds' })
      .waitFor();
    await swipe(page, /marigolds/, 150);
    await expect
      .poll(
        () =>
          row(page, /Unread/)
            .filter({ hasText: 'marigolds' })
            .count(),
        patience,
      )
      .toBe(0);
    const undone = Promise.withResolvers<void>();
    await page.route('**/marks', async (route) => {
      if (route.request().postData()?.includes('true')) await undone.promise;
      await route.continue();
    });
    await swipe(page, /marigolds/, -150);
    await page.getByRole('button', { name: 'Undo' }).tap();
    undone.resolve();
    await row(page, /marigolds/).waitFor();
    await page.unroute('**/marks');
    const kept = page.waitForResponse((response) => response.request().postData()?.includes('archived') === true);
    await swipe(page, /marigolds/, -150);
    await expect.poll(() => row(page, /marigolds/).count(), patience).toBe(0);
    await kept;
    await page.getByRole('link', { name: 'Archived' }).first().click();
    const remove = page.getByRole('button', { name: 'Delete: create marigolds' });
    await remove.press('Enter');
    await page
      .getByRole('dialog', { name: /^Delete: create marigolds/ })
      .getByRole('button', { name: 'Delete for good' })
      .waitFor();
    await expectAccessible(page);
    await page.keyboard.press('Escape');
    await expect.poll(() => remove.evaluate((button) => button === document.activeElement), patience).toBe(true);
    await page.getByRole('button', { name: /Bring back/ }).click();
    await page.getByText('Nothing is archived').waitFor();
    await expectAccessible(page);

    await page.goto('/search');
    await page.getByRole('searchbox').fill('golden pet');
    await page.getByRole('link', { name: /marigolds\.txt:1/ }).waitFor();
    await expectAccessible(page);
    await page.getByRole('searchbox').fill('pansi');
    const slow = Promise.withResolvers<void>();
    await page.route(/[?&]_rsc=/, (route) => slow.promise.then(() => route.continue()));
    await page
      .getByRole('region', { name: 'Threads' })
      .getByRole('link', { name: /pansies/ })
      .tap();
    const opening = page.getByRole('status').filter({ hasText: 'Opening' });
    await opening.waitFor({ state: 'attached' });
    slow.resolve();
    await page.waitForURL(new RegExp(asking));
    await opening.waitFor({ state: 'detached' });
  });

  it('goes by keyboard on a desktop', async () => {
    const { page, tolerate: tolerateHere } = await open('desktop', `/?project=${await newProject()}`);
    const threadId = await giveGoal(page, 'create tulips.txt with red');
    await runEnd(page, 'Done').waitFor();
    await page.keyboard.press('Escape');
    await page.evaluate(() => (document.activeElement as HTMLElement | null)?.blur());
    await page.keyboard.press('/');
    await page.getByRole('searchbox').fill('tulips');
    await page
      .getByRole('region', { name: 'Files' })
      .getByRole('link', { name: /tulips\.txt/ })
      .waitFor();
    const list = page.getByRole('navigation', { name: 'Threads' });
    const tulips = list.getByRole('link', { name: /tulips/ });
    await choir().api('POST', '/api/threads', { goal: 'create daffodils.txt with yellow' });
    // A row that goes from one group to another takes no focus along.
    await list
      .getByRole('link', { name: /Done\./ })
      .filter({ hasText: 'daffodils' })
      .waitFor();
    await page.goto('/');
    const inFocus = () => list.locator('a[href^="/threads/"]').evaluateAll((links) => links.indexOf(document.activeElement as HTMLElement));
    const begin = async () => {
      // A page that still comes to life does not hear it.
      await page.evaluate(() => (document.activeElement as HTMLElement | null)?.blur());
      await page.keyboard.press('j');
      return inFocus();
    };
    await expect.poll(begin, patience).toBe(0);
    await page.keyboard.press('j');
    await expect.poll(inFocus, patience).toBe(1);
    await tulips.press('e');
    await expect.poll(() => tulips.count(), patience).toBe(0);
    expect(await inFocus()).toBeGreaterThanOrEqual(0);
    // What was archived may have left the list by now, or leave it yet: it is back at once, and stays.
    const slow = Promise.withResolvers<void>();
    await page.route(/\/marks$/, (route) => slow.promise.then(() => route.continue()));
    const isTulipsInFocus = () => tulips.evaluate((link) => link === document.activeElement);
    await page.getByRole('button', { name: 'Undo' }).click();
    await expect.poll(isTulipsInFocus, patience).toBe(true);
    const readAnew = page.waitForResponse(/\/api\/threads\?limit/);
    slow.resolve();
    await readAnew;
    expect(await isTulipsInFocus()).toBe(true);
    tolerateHere(/net::/);
    await tulips.press('e');
    await expect.poll(() => tulips.count(), patience).toBe(0);
    await page.route(/\/marks$/, (route) => (route.request().postData()?.includes('"archived":false') ? route.abort() : route.fallback()));
    await page.getByRole('button', { name: 'Undo' }).click();
    await list.getByText('This could not be brought back.').waitFor();
    await page.unroute(/\/marks$/);
    await page.getByRole('button', { name: 'Try again' }).click();
    await expect.poll(isTulipsInFocus, patience).toBe(true);
    const kept = page.waitForResponse((response) => response.request().postData()?.includes('"archived":true') === true);
    await tulips.press('e');
    await expect.poll(() => tulips.count(), patience).toBe(0);
    await kept;
    await page.goto('/archive');
    await page.keyboard.press('Tab');
    await page.getByRole('link', { name: 'Past the list of threads' }).press('Enter');
    await expect.poll(() => page.evaluate(() => document.activeElement?.id), patience).toBe('room');
    const { page: elsewhere, tolerate } = await open('phone', `/threads/${threadId}`);
    tolerate(/404/);
    await elsewhere.getByText('Live', { exact: true }).waitFor();
    await page.getByRole('button', { name: 'Delete: create tulips' }).press('Enter');
    await page.getByRole('button', { name: 'Delete for good' }).press('Enter');
    await page.getByText('Nothing is archived').waitFor();
    await elsewhere.getByText('This thread was deleted').waitFor();
    await elsewhere.getByPlaceholder('Nothing can be said here any more').waitFor();
    await elsewhere.getByRole('button', { name: 'Send' }).waitFor({ state: 'hidden' });
    await expectAccessible(elsewhere);
    await expect.poll(() => page.evaluate(() => document.activeElement?.closest('main') !== null), patience).toBe(true);
  });
});

describe('a long inbox', () => {
  it('goes on past what comes at once', async () => {
    await newProject();
    await fillInbox(choir(), 205);
    const { page, tolerate } = await open('phone', '/');
    // Nothing stands behind these rows, should the browser look ahead.
    tolerate(/404/);
    const oldest = page.getByRole('main').getByRole('link', { name: /Old goal 1 / });
    expect(await oldest.count()).toBe(0);
    await page.getByRole('main').getByRole('button', { name: 'Show more' }).tap();
    await oldest.waitFor();
    expect(await page.getByRole('main').getByRole('button', { name: 'Show more' }).count()).toBe(0);
  });
});

describe('the activity', () => {
  it('shows who works, how it went and how the parts are, and follows along', async () => {
    const { page } = await open('phone', `/?project=${await newProject()}`);
    const threadId = await giveGoal(page, 'create a.txt with a; then delete a.txt');
    await question(page).waitFor();
    await page.goto('/activity');
    await page.getByRole('button', { name: 'Stop: create a.txt with a; then delete a.txt' }).waitFor();
    await page.getByText('nothing waits').waitFor();
    await expectAccessible(page);
    await page.getByRole('button', { name: 'worker' }).tap();
    await page.getByText(/is ready: sandbox/).waitFor();
    await page.getByRole('button', { name: 'Stop: create a.txt with a; then delete a.txt' }).tap();
    await expect.poll(() => page.getByRole('link', { name: /create a\.txt with a; then delete/ }).count(), patience).toBe(0);
    expect(await choir().api<{ run: { status: string } }>('GET', `/api/threads/${threadId}`)).toMatchObject({
      run: { status: 'cancelled' },
    });
  });
});
