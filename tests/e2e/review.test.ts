import type { Page, Route } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import { changedFiles, code, expectUnharmed, hostileName } from './changed-files.ts';
import { choirInBrowser } from './choir-in-browser.ts';
import { expectAccessible } from './expect-accessible.ts';
import { runCli } from './run-cli.ts';
import { giveGoal, patience, runEnd } from './thread-page.ts';

const inBrowser = choirInBrowser();
const { choir, newProject, open } = inBrowser;
const { content, reviewed } = changedFiles(inBrowser);

const away = /ERR_INTERNET_DISCONNECTED|WebSocket connection/;

const shortNames = ['a.txt', 'b.txt', 'c.txt', 'd.txt', 'e.txt'];

/** A thread that wrote five files of one line: a page of them has little or nothing to scroll. */
async function shortFiles(page: Page): Promise<string> {
  const threadId = await giveGoal(page, shortNames.map((name) => `create ${name} with ${name}`).join(' then '));
  await runEnd(page, 'Done').waitFor();
  return threadId;
}

const fileOf = (page: Page, path: string) => page.getByRole('region', { name: path, exact: true });

describe('a review on the phone', () => {
  it('marks the words, opens what is folded, takes a comment to the agent, and reverts one hunk and undoes it', async () => {
    const { page, tolerate } = await open('phone', `/?project=${await newProject()}`);
    tolerate(away);
    const threadId = await reviewed(page);
    const { checkpoints } = await choir().thread(threadId);
    const [before, after] = ['Created src/shop.py', 'Edited src/shop.py'].map(
      (label) => checkpoints.find((one) => one.label === label)?.checkpointId,
    );

    await page.getByRole('link', { name: 'Changes' }).tap();
    await fileOf(page, 'notes.txt').getByText('Writes notes.txt').waitFor();
    await fileOf(page, hostileName).getByText('right-to-left override').waitFor();
    await expectUnharmed(page);
    await expectAccessible(page);
    await page.getByRole('checkbox', { name: 'Reviewed notes.txt' }).check({ force: true });
    await page.getByText('1 of 3 reviewed').waitFor();
    await page.reload();
    await page.getByText('1 of 3 reviewed').waitFor();

    await page.getByRole('checkbox', { name: 'Reviewed notes.txt' }).uncheck({ force: true });
    const notes = fileOf(page, 'notes.txt');
    await notes.getByRole('button', { name: 'Comment on added line 1' }).tap();
    await notes.getByLabel('Your comment').fill('Why first?');
    await notes.getByRole('button', { name: 'Revert file' }).tap();
    await page.getByRole('dialog').getByRole('button', { name: 'Revert' }).tap();
    await page.getByRole('article', { name: 'Not sent' }).getByRole('button', { name: 'Put in the message' }).tap();
    await expect.poll(() => page.getByLabel('Next goal').inputValue(), patience).toBe('notes.txt: Why first?');

    await page.goto(`/threads/${threadId}/changes?from=${before}&to=${after}`);
    const shop = fileOf(page, 'src/shop.py');
    await shop.locator('.bg-good-mark').first().waitFor();
    expect(await shop.locator('.bg-good-mark').allInnerTexts()).toEqual(['new', 'new']);
    await shop.locator('.text-code-text').first().waitFor();
    await shop.getByRole('button', { name: '20 more' }).first().tap();
    await shop.getByRole('row').filter({ hasText: 'value_30 ' }).waitFor();

    await shop.getByRole('button', { name: 'Comment on added line 70' }).tap();
    await shop.getByRole('row', { name: 'Comment on line 72' }).tap();
    const form = shop.getByRole('form', { name: 'Comment on lines 70–72' });
    await page.context().setOffline(true);
    await form.getByLabel('Your comment').fill('create answer.txt');
    await form.getByRole('button', { name: 'Send' }).tap();
    const waiting = shop.getByRole('list', { name: 'On the way' });
    await waiting.getByText('Waiting to be sent').waitFor();
    await waiting.getByRole('button', { name: 'Take the words back' }).tap();
    await waiting.waitFor({ state: 'detached' });
    await expect.poll(() => form.getByLabel('Your comment').inputValue(), patience).toBe('create answer.txt');
    await shop.getByRole('row', { name: 'Comment on line 71' }).tap();
    await shop.getByRole('form', { name: 'Comment on lines 70–71' }).waitFor();
    expect(await shop.getByLabel('Your comment').inputValue()).toBe('create answer.txt');
    await shop.getByRole('row', { name: 'Comment on line 72' }).tap();
    await form.getByLabel('Your comment').fill('create answer.txt with "yes"');
    await form.getByRole('button', { name: 'Send' }).tap();
    await waiting.getByText('create answer.txt with "yes"').waitFor();
    await expectAccessible(page);
    await page.context().setOffline(false);
    await shop.getByRole('list', { name: 'Comments' }).getByText('create answer.txt').waitFor();
    await expect.poll(() => content(threadId, 'answer.txt').catch(() => null), patience).toBe('yes\n');
    const goal = (await choir().thread(threadId)).run?.goal ?? '';
    expect(goal).toMatch(/^About `src\/shop\.py`, lines 70-72 at #\d+:\n\n> value_70 = "new"/);

    await shop.getByRole('button', { name: 'Revert the change at line 7' }).tap();
    const sheet = page.getByRole('dialog', { name: 'Revert this change' });
    await sheet.getByRole('row').filter({ hasText: 'value_10 = "old"' }).waitFor();
    await expectAccessible(page);
    tolerate(/ERR_FAILED/);
    const loseAnswer = (route: Route) => route.fetch().then(() => route.abort());
    await page.route('**/diff/revert', loseAnswer, { times: 1 });
    await sheet.getByRole('button', { name: 'Revert' }).tap();
    await sheet.getByText('Choir cannot be reached.').waitFor();
    await sheet.getByRole('button', { name: 'Revert' }).tap();
    await page.getByText('Reverted.').waitFor();
    await shop.getByText('Reverted', { exact: true }).waitFor();
    expect(await content(threadId, 'src/shop.py')).toBe(code({ 70: 'value_70 = "new"  # line 70' }));
    await page.getByRole('button', { name: 'Undo' }).tap();
    await page.getByText('Reverted.').waitFor({ state: 'detached' });
    await shop.getByRole('button', { name: 'Revert the change at line 7' }).waitFor();
    expect(await content(threadId, 'src/shop.py')).toContain('value_10 = "new"');
    expect(await runCli(choir(), 'revert', before ?? '', '--file', 'src/shop.py', '--thread', threadId, '--yes')).toContain('Reverted');
    expect(await content(threadId, 'src/shop.py')).toBe(code());
  });

  it('goes to each of five short files and back, one a tap, though the page cannot scroll so far', async () => {
    const { page } = await open('phone', `/?project=${await newProject()}`);
    await shortFiles(page);
    await page.getByRole('link', { name: 'Changes' }).tap();
    const next = page.getByRole('button', { name: 'Next file' });
    const place = (number: number) => page.getByRole('button', { name: `${shortNames[number - 1]} ${number} of 5` });
    await place(1).waitFor();
    for (const number of [2, 3, 4, 5]) {
      await next.tap();
      await place(number).waitFor();
    }
    expect(await next.isDisabled()).toBe(true);
    await page.getByTitle('Reviewed (v)').last().tap();
    await page.getByText('1 of 5 reviewed').waitFor();
    await place(5).waitFor();
    for (const number of [4, 3]) {
      await page.getByRole('button', { name: 'Previous file' }).tap();
      await place(number).waitFor();
    }
    await page.locator('[data-scroller]').evaluate((box) => box.scrollTo(0, 0));
    await place(1).waitFor();

    const line = fileOf(page, 'c.txt').getByRole('button', { name: 'Comment on added line 1' });
    await line.evaluate((button) => button.scrollIntoView({ block: 'end' }));
    await line.tap();
    const form = await fileOf(page, 'c.txt').getByRole('form').boundingBox();
    const bar = await next.boundingBox();
    expect((form?.y ?? 0) + (form?.height ?? 0)).toBeLessThanOrEqual(bar?.y ?? 0);
  });
});

describe('a review on the desktop', () => {
  it('goes through short files by keys, and marks the one that a key went to', async () => {
    const { page } = await open('desktop', `/?project=${await newProject()}`);
    const threadId = await shortFiles(page);
    await page.goto(`/threads/${threadId}/changes`);
    const current = page.getByRole('navigation', { name: 'Changed files' }).locator('[aria-current]');
    const arrivesAt = async (name: string) => {
      await current.filter({ hasText: name }).waitFor();
      await fileOf(page, name).locator('button:focus').waitFor();
    };
    for (const name of shortNames.slice(1)) {
      await page.keyboard.press('n');
      await arrivesAt(name);
      await page.keyboard.press('v');
      await page.getByRole('checkbox', { name: `Reviewed ${name}`, checked: true }).waitFor();
    }
    for (const name of shortNames.slice(0, -1).reverse()) {
      await page.keyboard.press('p');
      await arrivesAt(name);
    }
    await page.getByText('4 of 5 reviewed').waitFor();

    await page.locator('[data-scroller]').click({ position: { x: 5, y: 5 } });
    await page.keyboard.press('j');
    await arrivesAt('b.txt');
    await fileOf(page, 'a.txt').getByRole('button', { name: 'Comment on added line 1' }).click();
    await fileOf(page, 'a.txt').getByLabel('Your comment').press('v');
    expect(await fileOf(page, 'a.txt').getByLabel('Your comment').inputValue()).toBe('v');
    await page.getByText('4 of 5 reviewed').waitFor();
  });
});
