import { describe, expect, it } from 'vitest';
import { changedFiles, code, expectUnharmed, hostileName } from './changed-files.ts';
import { choirInBrowser } from './choir-in-browser.ts';
import { expectAccessible } from './expect-accessible.ts';
import { runCli } from './run-cli.ts';
import { patience, runEnd } from './thread-page.ts';

const inBrowser = choirInBrowser();
const { choir, newProject, open } = inBrowser;
const { content, save, reviewed } = changedFiles(inBrowser);

const away = /ERR_INTERNET_DISCONNECTED|WebSocket connection/;

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
    await page.reload();
    await page.getByRole('button', { name: 'Edit', exact: true }).click();
    await text.getByText('# no more').waitFor();
    await page.getByRole('button', { name: 'Cancel' }).click();
    await page.getByRole('button', { name: 'Throw away' }).click();
    await page.getByRole('button', { name: 'Edit', exact: true }).click();
    await text.getByText('value_1 ').first().waitFor();
    expect(await text.getByText('# no more').count()).toBe(0);
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
    const todo = page.getByRole('textbox', { name: 'src/notes/todo.md' });
    /** Saves, and types while that is on its way. */
    const saveAndType = async (words: string, leave = async () => {}) => {
      const heard = Promise.withResolvers<void>();
      await page.route('**/files', (route) => heard.promise.then(() => route.continue()), { times: 1 });
      await page.getByRole('button', { name: 'Save' }).click();
      await todo.press('End');
      await page.keyboard.type(words);
      await leave();
      const saved = page.waitForResponse((response) => response.request().method() === 'PUT');
      heard.resolve();
      await (await saved).finished();
    };
    await saveAndType(' today');
    expect(await content(threadId, 'src/notes/todo.md')).toBe('later');
    await todo.getByText('later today').waitFor();
    await page
      .getByRole('status')
      .filter({ hasText: /^Saved as #\d+\. What you typed since then is not saved yet\.$/ })
      .waitFor();
    await todo.press('Control+s');
    await page.getByRole('button', { name: 'Edit', exact: true }).waitFor();
    expect(await content(threadId, 'src/notes/todo.md')).toBe('later today');
    await page.getByRole('button', { name: 'Edit', exact: true }).click();
    await todo.press('End');
    await page.keyboard.type(', or');
    await saveAndType(' never', async () => {
      await page.getByRole('link', { name: 'Changes' }).click();
      await todo.waitFor({ state: 'detached' });
    });
    await page.goto(`/threads/${threadId}/files?path=src/notes/todo.md`);
    await page.getByRole('button', { name: 'Go on' }).click();
    await todo.getByText('later today, or never').waitFor();
    await page.getByRole('button', { name: 'Save' }).click();
    await page.getByRole('button', { name: 'Edit', exact: true }).waitFor();
    expect(await content(threadId, 'src/notes/todo.md')).toBe('later today, or never');

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

  it('show what was saved until the page has come as far, whatever happens to the thread meanwhile', async () => {
    const { page, tolerate } = await open('desktop', `/?project=${await newProject()}`);
    const threadId = await reviewed(page);
    await page.goto(`/threads/${threadId}/files?path=src/shop.py`);
    const text = page.getByRole('textbox', { name: 'src/shop.py' });
    const edit = page.getByRole('button', { name: 'Edit', exact: true });
    const write = async (line: string) => {
      await edit.click();
      await text.press('Control+Home');
      await page.keyboard.type(`${line}\n`);
      await page.getByRole('button', { name: 'Save' }).click();
      await edit.waitFor();
      await page.getByText(/^Saved as #\d+$/).waitFor();
      await text.getByText(line).waitFor();
    };
    const revertTo = async (place: number) => {
      const { checkpoints } = await choir().thread(threadId);
      const revert = await runCli(choir(), 'revert', checkpoints.at(place)?.checkpointId ?? '', '--thread', threadId, '--yes');
      expect(revert).toContain('Reverted');
    };

    // The page comes with what was saved only later: the next edit begins on what was saved, though another file changed since.
    const heard = Promise.withResolvers<void>();
    page.on('websocket', (socket) => socket.on('framereceived', ({ payload }) => payload.includes('theirs.txt') && heard.resolve()));
    await page.reload();
    const answered = Promise.withResolvers<void>();
    const renewal = (url: URL) => url.pathname.endsWith('/files') && url.searchParams.has('_rsc');
    await page.route(renewal, (route) => answered.promise.then(() => route.continue()));
    await write('# first');
    await expect.poll(() => edit.evaluate((button) => button === document.activeElement), patience).toBe(true);
    await save(threadId, 'theirs.txt', 'by somebody else');
    await heard.promise;
    await write('# second');
    expect(await content(threadId, 'src/shop.py')).toMatch(/^# second\n# first\n/);
    const renewed = page.waitForResponse((response) => renewal(new URL(response.url())));
    answered.resolve();
    await renewed;
    // Back at the checkpoint that was saved over, the page shows what stands there.
    await revertTo(-2);
    await text.getByText('# second').waitFor({ state: 'detached' });
    await text.getByText('# first').waitFor();

    // So it does where that came to pass before the answer to the save.
    const late = Promise.withResolvers<void>();
    await page.route('**/files', (route) => route.fetch().then((response) => late.promise.then(() => route.fulfill({ response }))), {
      times: 1,
    });
    await edit.click();
    await text.press('Control+Home');
    await page.keyboard.type('# third\n');
    await page.getByRole('button', { name: 'Save' }).click();
    await expect.poll(() => content(threadId, 'src/shop.py'), patience).toMatch(/^# third/);
    await revertTo(-2);
    late.resolve();
    await edit.waitFor();
    await text.getByText('# third').waitFor({ state: 'detached' });

    // What was saved after one had left the file is no edit that waits.
    const saved = Promise.withResolvers<void>();
    await page.route('**/files', (route) => saved.promise.then(() => route.continue()), { times: 1 });
    await edit.click();
    await text.press('Control+Home');
    await page.keyboard.type('# fourth\n');
    await page.getByRole('button', { name: 'Save' }).click();
    await page.getByRole('link', { name: 'Changes' }).click();
    await text.waitFor({ state: 'detached' });
    await page.goBack();
    const waits = page.getByText('You have an edit here that is not saved.');
    await waits.waitFor();
    saved.resolve();
    await waits.waitFor({ state: 'detached' });
    await text.getByText('# fourth').waitFor();

    // One whose answer is lost has arrived: what is typed on after it stands on it.
    tolerate(/net::|409/);
    await page.route('**/files', (route) => route.fetch().then(() => route.abort()), { times: 1 });
    await edit.click();
    await text.press('Control+Home');
    await page.keyboard.type('# fifth\n');
    await page.getByRole('button', { name: 'Save' }).click();
    await page.getByRole('alert').waitFor();
    await text.press('Control+Home');
    await page.keyboard.type('# sixth\n');
    await page.reload();
    await page.getByRole('button', { name: 'Go on' }).click();
    await page.getByRole('button', { name: 'Save' }).click();
    await edit.waitFor();
    expect(await content(threadId, 'src/shop.py')).toMatch(/^# sixth\n# fifth\n# fourth/);

    // Who looks at the same file in another tab throws away nothing of it.
    const tab = await page.context().newPage();
    await tab.goto(page.url());
    await tab.getByRole('button', { name: 'Edit', exact: true }).click();
    await edit.click();
    await text.press('Control+Home');
    await page.keyboard.type('# seventh\n');
    await text.press('End');
    await tab.getByRole('textbox', { name: 'src/shop.py' }).waitFor();
    await expect.poll(() => page.evaluate(() => JSON.stringify(localStorage)), patience).toContain('# seventh');
    await tab.getByRole('button', { name: 'Cancel' }).click();
    await tab.close();
    await page.reload();
    await page.getByRole('button', { name: 'Go on' }).click();
    await text.getByText('# seventh').waitFor();
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
