import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Page, Route } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import { choirInBrowser } from './choir-in-browser.ts';
import { expectAccessible } from './expect-accessible.ts';
import { runCli } from './run-cli.ts';
import { giveGoal, patience, runEnd } from './thread-page.ts';

const { choir, newProject, open } = choirInBrowser();

const away = /ERR_INTERNET_DISCONNECTED|WebSocket connection/;
const script = '<img src=x onerror="window.pwned=1"><script>window.pwned=1</script>';
const hostileName = `${script.replaceAll('/', '')}.html`;
const content = (threadId: string, path: string) => readFile(join(choir().home.tree(threadId), path), 'utf8');
const code = (change: Record<number, string> = {}) =>
  Array.from({ length: 80 }, (_, index) => `${change[index + 1] ?? `value_${index + 1} = "old"  # line ${index + 1}`}\n`).join('');

async function save(threadId: string, path: string, text: string): Promise<void> {
  const { currentCheckpointId: baseCheckpointId } = await choir().thread(threadId);
  const response = await fetch(`${choir().url}/api/threads/${threadId}/files`, {
    method: 'PUT',
    headers: {
      authorization: `Bearer ${(await readFile(join(choir().home.root, 'cli-token'), 'utf8')).trim()}`,
      'content-type': 'application/json',
    },
    body: JSON.stringify({ path, text, baseCheckpointId }),
  });
  expect(response.status).toBe(200);
}

/** A thread whose agent wrote a file that was then changed in two places, and a file that would like to be a script. */
async function reviewed(page: Page): Promise<string> {
  const threadId = await giveGoal(page, 'create notes.txt with "The first note."');
  await runEnd(page, 'Done').waitFor();
  await save(threadId, 'src/shop.py', code());
  await save(threadId, 'src/shop.py', code({ 10: 'value_10 = "new"  # line 10', 70: 'value_70 = "new"  # line 70' }));
  await save(threadId, hostileName, `${script}\n\u202egpj.exe\n`);
  return threadId;
}

const shortNames = ['a.txt', 'b.txt', 'c.txt', 'd.txt', 'e.txt'];

/** A thread that wrote five files of one line: a page of them has little or nothing to scroll. */
async function shortFiles(page: Page): Promise<string> {
  const threadId = await giveGoal(page, shortNames.map((name) => `create ${name} with ${name}`).join(' then '));
  await runEnd(page, 'Done').waitFor();
  return threadId;
}

async function expectUnharmed(page: Page): Promise<void> {
  expect(await page.evaluate(() => 'pwned' in window)).toBe(false);
  expect(await page.locator('img[src], iframe, object, embed').count()).toBe(0);
  expect(await page.evaluate(() => document.documentElement.scrollWidth - innerWidth)).toBeLessThanOrEqual(0);
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

describe('files', () => {
  it('open by a few letters, say who changed a line, are edited and saved, and say a conflict without losing a word', async () => {
    const { page, tolerate } = await open('desktop', `/?project=${await newProject()}`);
    const threadId = await reviewed(page);
    await page.getByRole('link', { name: 'Files', exact: true }).click();
    await page.getByRole('button', { name: 'Find file' }).waitFor();
    await page.getByRole('navigation', { name: 'Files' }).getByRole('button', { name: /^src/ }).waitFor();
    await page.keyboard.press('Control+p');
    await page.getByRole('combobox', { name: 'Name of a file' }).fill('shp');
    await page.getByRole('option', { name: /shop\.py/ }).waitFor();
    await expectAccessible(page);
    await page.keyboard.press('Enter');
    const text = page.getByRole('textbox', { name: 'src/shop.py' });
    await text.getByText('value_10', { exact: false }).first().waitFor();
    await page.locator('.cm-changed-newest').first().waitFor();
    await text.locator('.text-code-text').first().waitFor();
    await text.getByText('# line 10', { exact: true }).click();
    await page
      .getByRole('status')
      .getByRole('link', { name: /Edited src\/shop\.py/ })
      .waitFor();
    await expectAccessible(page);

    await page.getByRole('button', { name: 'Edit', exact: true }).click();
    await text.press('Control+Home');
    await page.keyboard.type('# no more\n');
    await page.getByRole('button', { name: 'Cancel' }).click();
    await text.getByText('# no more').waitFor({ state: 'detached' });
    await page.getByRole('button', { name: 'Edit', exact: true }).click();
    await text.press('Control+Home');
    await page.keyboard.type('# mine\n');
    await save(threadId, 'src/shop.py', code({ 1: 'theirs' }));
    // The hostile file is a page: it opens in its frame, where nothing of it runs.
    tolerate(/409|Blocked script execution|ERR_BLOCKED_BY_ORB/);
    await page.getByRole('button', { name: 'Save' }).click();
    await page.getByRole('alert').filter({ hasText: 'has changed since you opened it' }).waitFor();
    await page.getByRole('link', { name: 'What changed' }).waitFor();
    await page.reload();
    await page.getByRole('button', { name: 'Go on' }).click();
    await text.getByText('# mine').waitFor();
    await page.getByRole('button', { name: 'Save' }).click();
    await page.getByRole('button', { name: 'Save mine over it' }).click();
    await page.getByRole('button', { name: 'Edit', exact: true }).waitFor();
    expect(await content(threadId, 'src/shop.py')).toMatch(/^# mine\nvalue_1 = "old"/);
    expect((await choir().thread(threadId)).checkpoints.at(-1)).toMatchObject({ actor: 'person', label: 'Edited src/shop.py' });

    await page.getByRole('button', { name: 'New file' }).click();
    await page.getByLabel('Path').pressSequentially('notes/todo.md');
    await expectAccessible(page);
    await page.keyboard.press('Enter');
    await page.getByRole('textbox', { name: 'src/notes/todo.md' }).waitFor();
    await page.keyboard.type('later');
    const heard = Promise.withResolvers<void>();
    await page.route('**/files', (route) => heard.promise.then(() => route.continue()), { times: 1 });
    await page.getByRole('button', { name: 'Save' }).click();
    await page.getByRole('textbox', { name: 'src/notes/todo.md' }).press('End');
    await page.keyboard.type(' today');
    const saved = page.waitForResponse((response) => response.request().method() === 'PUT');
    heard.resolve();
    await (await saved).finished();
    expect(await content(threadId, 'src/notes/todo.md')).toBe('later');
    await page.getByRole('textbox', { name: 'src/notes/todo.md' }).getByText('later today').waitFor();
    await page.getByRole('button', { name: 'Save' }).click();
    await page.getByRole('button', { name: 'Edit', exact: true }).waitFor();
    expect(await content(threadId, 'src/notes/todo.md')).toBe('later today');

    await page.goto(`/threads/${threadId}/files?path=src/shop.py#L50-51`);
    await page.locator('.cm-chosen-line').nth(1).waitFor();
    await page.getByRole('button', { name: 'Find', exact: true }).click();
    await page.getByRole('searchbox', { name: 'Find in this file' }).fill('line 3');
    await page.getByRole('status').getByText('11', { exact: true }).waitFor();
    await expectAccessible(page);
    await page.goto(`/threads/${threadId}/files?path=${encodeURIComponent(hostileName)}`);
    await page.getByRole('button', { name: 'Text' }).click();
    await page.getByRole('textbox', { name: hostileName }).getByText('right-to-left override').waitFor();
    await expectUnharmed(page);
  });

  it('are asked about by what is selected, as is what was said', async () => {
    const { page, tolerate } = await open('desktop', `/?project=${await newProject()}`);
    tolerate(away);
    const threadId = await reviewed(page);
    await page.goto(`/threads/${threadId}/files?path=src/shop.py`);
    const text = page.getByRole('textbox', { name: 'src/shop.py' });
    await text.getByText('# line 3', { exact: true }).dblclick();
    await page.getByRole('button', { name: 'Ask about this' }).click();
    const sheet = page.getByRole('dialog', { name: 'Ask about this' });
    await sheet.getByText('line 3', { exact: true }).first().waitFor();
    await sheet.getByLabel('Your words').fill('create asked.txt with "file"');
    await expectAccessible(page);
    await sheet.getByRole('button', { name: 'Send' }).click();
    await expect.poll(() => content(threadId, 'asked.txt').catch(() => null), patience).toBe('file\n');
    expect((await choir().thread(threadId)).run?.goal).toMatch(/^About `src\/shop\.py`, line 3 at #\d+:\n\n> value_3/);

    await page.getByRole('link', { name: 'Conversation' }).click();
    await runEnd(page, 'Done').last().waitFor();
    await page.context().setOffline(true);
    await page.getByText('create asked.txt with').last().dblclick();
    await page.getByRole('button', { name: 'Ask about this' }).click();
    await sheet.getByLabel('Your words').fill('create asked.txt with "words"');
    await sheet.getByRole('button', { name: 'Send' }).click();
    await sheet.getByText('Waiting to be sent').waitFor();
    await expectAccessible(page);
    await sheet.getByRole('button', { name: 'Close' }).click();
    await page.getByRole('list', { name: 'On the way' }).getByText('create asked.txt with "words"', { exact: true }).waitFor();
    await page.context().setOffline(false);
    await expect.poll(() => content(threadId, 'asked.txt').catch(() => null), patience).toBe('words\n');
    expect((await choir().thread(threadId)).run?.goal).toMatch(/^About what was said:\n\n> /);
  });
});
