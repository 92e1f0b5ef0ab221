import type { Page } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import { choirInBrowser } from './choir-in-browser.ts';
import { expectAccessible } from './expect-accessible.ts';
import { giveGoal, patience, runEnd, untilLive } from './thread-page.ts';

const { choir, newProject, open } = choirInBrowser();

const hostileName = '<img src=x onerror=alert(1)>\u202egpj.ts';
const goal = [
  'create src/basket.ts with export function total() { return 1; }',
  'create menu.txt with bread',
  `run \`printf 'export class Evil {}' > '${hostileName}'\``,
].join(' then ');

function tab(page: Page, name: string) {
  return page.getByRole('navigation', { name: 'Views of this thread' }).getByRole('link', { name });
}

async function workedThread(page: Page): Promise<string> {
  const threadId = await giveGoal(page, goal);
  await runEnd(page, 'Done').waitFor();
  return threadId;
}

describe('looking back on a phone', () => {
  it('goes through time, compares two points, goes back and undoes it', async () => {
    const { page } = await open('phone', `/?project=${await newProject()}`);
    await workedThread(page);
    await tab(page, 'History').tap();
    const history = page.getByRole('region', { name: 'History' });
    await history.getByRole('button', { name: /^#3 .*You are here.*Rules/ }).waitFor();
    await untilLive(page);
    await expectAccessible(page);

    const foot = page.locator('footer');
    await foot.getByText('You are here').waitFor();
    expect(await foot.getByRole('button').allInnerTexts()).toEqual(['Compare']);

    const slider = page.getByRole('slider', { name: /Go through time/ });
    await slider.focus();
    await page.keyboard.press('ArrowLeft');
    await page.getByRole('list', { name: 'Files that changed here' }).getByText('menu.txt').waitFor();
    await page.keyboard.press('Home');
    await page.getByText('No file changed here.').waitFor();
    await page.keyboard.press('ArrowRight');
    await page.getByRole('list', { name: 'Files that changed here' }).getByText('basket.ts').waitFor();

    await page.getByRole('button', { name: 'Compare' }).tap();
    await history.getByRole('button', { name: /^#3 / }).tap();
    await page.getByRole('status').filter({ hasText: '#1 compared with #3' }).waitFor();
    await expectAccessible(page);
    expect(await page.getByRole('link', { name: 'Show changes' }).getAttribute('href')).toMatch(/\/changes\?from=1&to=3$/);
    await page.getByRole('button', { name: 'Stop comparing' }).tap();

    await page.getByRole('button', { name: 'Go back' }).tap();
    await page.getByRole('dialog').getByRole('button', { name: 'Go back', exact: true }).tap();
    await history.getByRole('button', { name: /^#1 .*You are here/ }).waitFor();
    await history.getByText('Went back to #1').waitFor();
    await history.getByRole('button', { name: 'Undo' }).waitFor();
    await page.locator('footer').getByRole('button', { name: 'Undo' }).tap();
    await page.getByRole('dialog').getByRole('button', { name: 'Undo', exact: true }).tap();
    await history.getByRole('button', { name: /^#3 .*You are here/ }).waitFor();
    await history.getByText('Went back to #3').waitFor();
    await history.getByRole('button', { name: /^#0 / }).waitFor();

    await history.getByRole('button', { name: /^#2 / }).tap();
    await page.getByRole('dialog').getByLabel('Name').fill('Bread is on the menu');
    await page.getByRole('dialog').getByRole('button', { name: 'Save' }).tap();
    await page.getByRole('dialog').getByRole('button', { name: 'Close' }).tap();
    await history.getByRole('button', { name: /^#2 Bread is on the menu/ }).waitFor();
  });

  it('narrows the ledger, opens an event to its whole, and keeps both in the address', async () => {
    const { page } = await open('phone', `/?project=${await newProject()}`);
    const threadId = await workedThread(page);
    await tab(page, 'Timeline').tap();
    const timeline = page.getByRole('region', { name: 'Timeline' });
    await timeline.getByRole('button', { name: /Run done/ }).waitFor();
    await expectAccessible(page);

    await page.getByRole('button', { name: 'Show only …' }).tap();
    const sheet = page.getByRole('dialog');
    await sheet.getByLabel('Kind').selectOption('Tool calls');
    await sheet.getByLabel('Agent').selectOption('Rules');
    await expectAccessible(page);
    await sheet.getByRole('button', { name: 'Show', exact: true }).tap();
    await page.waitForURL(/timeline\?kind=call&agent=rules$/);
    await page.getByRole('list', { name: 'Shown only' }).getByText('Rules').waitFor();
    await page.getByRole('searchbox', { name: 'Find in the timeline' }).fill('ONERROR=alert(1)>');
    await page.waitForURL(/kind=call&agent=rules&text=ONERROR/);
    const call = timeline.getByRole('button', { name: /Running .*img src=x/ });
    await call.tap();
    await timeline.getByText('How sure').or(timeline.getByText('Allowed')).first().waitFor();
    await expectAccessible(page);
    await timeline.locator('summary').tap();
    await timeline.getByRole('figure', { name: 'The event as JSON' }).getByText('"tool.proposed"').waitFor();
    const seq = /at=(\d+)/.exec((await timeline.getByRole('link', { name: 'Link to this' }).getAttribute('href')) ?? '')?.[1];
    await page.goto(`/threads/${threadId}/timeline?at=${seq}`);
    await timeline.getByRole('button', { name: /Running .*img src=x/, expanded: true }).waitFor();
    await timeline.evaluate((box) => box.scrollTo(0, 0));
    const newest = page.getByRole('button', { name: 'To the newest' });
    await newest.waitFor();
    const [list, button] = await Promise.all([timeline.boundingBox(), newest.boundingBox()]);
    expect(button?.y).toBeGreaterThanOrEqual((list?.y ?? 0) + (list?.height ?? 0));
    await newest.tap();
    await newest.waitFor({ state: 'detached' });

    await page.goto(`/threads/${threadId}/timeline?text=nobody-said-this`);
    await page.getByText('Nothing in this thread is like that').waitFor();
    await page.getByRole('button', { name: /nobody-said-this/ }).tap();
    await timeline.getByRole('button', { name: /Run done/ }).waitFor();
    expect(await page.getByRole('searchbox', { name: 'Find in the timeline' }).inputValue()).toBe('');
    await timeline
      .getByRole('button', { name: /Call done run / })
      .first()
      .waitFor();
  });
});

describe('the map of a project', () => {
  it('leads from folders to what a file declares, by key and by list, whatever names there are', async () => {
    const { page } = await open('desktop', `/?project=${await newProject()}`);
    const threadId = await workedThread(page);
    await tab(page, 'Map').click();
    const map = page.getByRole('tree', { name: 'Map of the project' });
    await map.getByRole('treeitem', { name: /basket\.ts/ }).waitFor();
    await map.getByRole('treeitem', { name: /<img src=x onerror=alert\(1\)>/ }).waitFor();
    await page.getByText('3 changed of 3 files').waitFor();
    await expectAccessible(page);

    const focused = () => page.evaluate(() => document.activeElement?.textContent);
    await map.getByRole('treeitem', { name: /^src/ }).focus();
    await page.keyboard.press('ArrowRight');
    await expect.poll(focused, patience).toContain('basket.ts');
    await page.keyboard.press('ArrowRight');
    await map.getByRole('treeitem', { name: /total/ }).waitFor();
    await page.keyboard.press('ArrowRight');
    await expect.poll(focused, patience).toContain('total');
    await page.getByRole('button', { name: 'Further away' }).click();
    await page.getByRole('button', { name: 'The whole map' }).click();
    await map.getByRole('treeitem', { name: /total/ }).waitFor();

    await page.locator('label').filter({ hasText: 'List' }).click();
    const list = page.getByRole('tree', { name: 'Files of the project' });
    await list.getByRole('treeitem', { name: /total/ }).waitFor();
    await expectAccessible(page);
    await list.getByRole('treeitem', { name: /total/ }).focus();
    await page.keyboard.press('Enter');
    await page.waitForURL(`**/threads/${threadId}/files?path=src%2Fbasket.ts#L1`);
    await page.getByText('Line 1', { exact: true }).waitFor();

    await page.goto(`/threads/${threadId}/files?at=1`);
    await page.getByText('at #1 ').waitFor();
    const inFolder = (name: string) => page.getByRole('link', { name: new RegExp(`^${name}.* \\d+ B$`) });
    await page.getByRole('link', { name: /^src/ }).last().waitFor();
    expect(await inFolder('menu.txt').count()).toBe(0);
    await page.goto(`/threads/${threadId}/files`);
    await inFolder('menu.txt').waitFor();
    const tree = page.getByRole('navigation', { name: 'Files', exact: true });
    await tree.getByRole('link', { name: /^menu\.txt/ }).waitFor();
    await choir().api('POST', `/api/threads/${threadId}/messages`, { text: 'create lunch.txt with soup' });
    await tree.getByRole('link', { name: /^lunch\.txt/ }).waitFor();
    await inFolder('lunch.txt').waitFor();
  });
});
