import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { choirInBrowser } from './choir-in-browser.ts';
import { expectAccessible } from './expect-accessible.ts';
import { giveGoal, patience, runEnd, say } from './thread-page.ts';

const { choir, newProject, open } = choirInBrowser();

/** A PNG of one pixel. */
const pixel = Buffer.from('iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==', 'base64');

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
