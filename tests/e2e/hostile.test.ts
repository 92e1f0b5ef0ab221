import { glob } from 'node:fs/promises';
import type { Page } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import { choirInBrowser } from './choir-in-browser.ts';
import { expectAccessible } from './expect-accessible.ts';
import { hostileMarkup, hostileTree } from './hostile-tree.ts';
import { answered, checkpoint, giveGoal, patience, question, runEnd } from './thread-page.ts';
import { zipProject } from './zip-project.ts';

const { choir, newProject, open } = choirInBrowser();

const script = '<img src=x onerror="window.pwned=1"><script>window.pwned=1</script>';
const override = '\u202e';

async function expectUnharmed(page: Page): Promise<void> {
  expect(await page.evaluate(() => 'pwned' in window)).toBe(false);
  expect(await page.locator('img, iframe, object, embed').count()).toBe(0);
  expect(await page.evaluate(() => document.documentElement.scrollWidth - innerWidth)).toBeLessThanOrEqual(0);
}

/** The three buttons lie on the card, on the screen, with nothing over them. */
async function expectButtonsInReach(page: Page): Promise<void> {
  const card = question(page);
  for (const name of ['Approve', 'Reject', 'Modify']) {
    const button = card.getByRole('button', { name });
    await button.tap({ trial: true });
    const [inner, outer] = [await button.boundingBox(), await card.boundingBox()];
    if (!inner || !outer) throw new Error(`${name} is not on the page.`);
    expect(inner.x).toBeGreaterThanOrEqual(outer.x);
    expect(inner.x + inner.width).toBeLessThanOrEqual(outer.x + outer.width);
    expect(inner.y + inner.height).toBeLessThanOrEqual(outer.y + outer.height);
  }
}

describe('what an agent or a repository wrote', () => {
  it('is text on the card: it runs nothing, hides nothing, and leaves the buttons where they are', async () => {
    const { page } = await open('phone', `/?project=${await newProject()}`);
    const names = `touch -- '${script.replaceAll('/', '')}' '${override}gpj.exe' '${'long'.repeat(60)}' '[x](javascript:window.pwned=1)'`;
    const output = `printf '\\033[2J\\033[31m${override}red\\007'; printf '%s\\n' '${script}' '[Approve](javascript:pwned)'; seq 1 3000; printf '%05000d' 0`;
    const threadId = await giveGoal(page, `create a.txt with one\nthen run \`\`\`\nrm a.txt; ${names}; ${output}\n\`\`\``);
    const card = question(page);
    await card.getByText('It changed 5 files').waitFor();
    await expectUnharmed(page);
    await expectButtonsInReach(page);
    const cardHeight = (await card.boundingBox())?.height ?? Number.POSITIVE_INFINITY;
    expect(cardHeight).toBeLessThan(900);
    await card.getByRole('button', { name: 'Show all 5 files' }).tap();
    await expectButtonsInReach(page);
    await card.getByRole('list').first().getByText('right-to-left override').waitFor();
    await expectAccessible(page);
    await page.goto(`/threads/${threadId}/changes?to=${(await choir().thread(threadId)).run?.approvals[0]?.approvalId}`);
    await page.getByRole('heading', { name: 'What approve would keep' }).waitFor();
    await expectUnharmed(page);
    await page.goBack();
    await question(page).getByRole('button', { name: 'Approve' }).tap();
    await answered(page, 'Approved').waitFor();
    await runEnd(page, 'Done').waitFor();
    await expectUnharmed(page);
    await checkpoint(page, 2).tap();
    await page.getByRole('dialog').getByRole('link', { name: 'Files' }).tap();
    await page.getByRole('link', { name: /onerror/ }).tap();
    await page.getByRole('heading', { name: /onerror/ }).waitFor();
    await expectUnharmed(page);
    await expectAccessible(page);
  });

  it('is text in a goal and in what the agent says of it', async () => {
    const { page } = await open('phone', `/?project=${await newProject()}`);
    await giveGoal(page, `${script} [click](javascript:window.pwned=1) ![x](http://127.0.0.1:1/x.png) ${override}abc \u001b[31m`);
    await page.getByRole('article', { name: 'End of the run' }).waitFor();
    await expectUnharmed(page);
    expect(await page.locator('a[href^="javascript:"]').count()).toBe(0);
    await page.getByRole('link', { name: 'All threads' }).tap();
    await page
      .getByRole('region', { name: 'Recent' })
      .getByRole('link', { name: /onerror/ })
      .waitFor();
    await expectUnharmed(page);
  });
});

describe('a tree full of markup', () => {
  it('runs nothing as Choir and calls nobody outside, whatever shows it', async () => {
    const projectId = await zipProject(choir(), '<img src=x onerror=window.pwned=1>', hostileTree);
    const goal = `create <b>.txt with ${hostileMarkup}`;
    const { threadId } = await choir().api<{ threadId: string }>('POST', '/api/threads', { projectId, goal });
    await expect.poll(async () => (await choir().thread(threadId)).run?.status, patience).toMatch(/completed|failed/);
    const thread = `/threads/${threadId}`;
    const files = Object.keys(hostileTree).map((path) => `${thread}/files?path=${encodeURIComponent(path)}`);
    const rooms = ['', '/changes', '/history', '/map', '/media', '/timeline'].map((room) => `${thread}${room}`);
    const addresses = [...files, ...rooms, '/search?q=onerror', `/projects/${projectId}`, '/activity', '/'];
    async function visitEach(): Promise<void> {
      const { page, tolerate } = await open('desktop', '/settings');
      // What is tried is refused, and the browser says so.
      tolerate(/Content.Security.Policy|csp|sandboxed|ERR_BLOCKED_BY/i);
      for (let address = addresses.pop(); address !== undefined; address = addresses.pop()) {
        await page.goto(address, { waitUntil: 'networkidle' });
        expect(await page.evaluate(() => 'pwned' in window), address).toBe(false);
        expect(await page.locator('[onerror], [onload], a[href^="javascript:"], a[href^="data:"]').count(), address).toBe(0);
      }
    }
    await Promise.all([visitEach(), visitEach(), visitEach()]);
  });
});

describe('an address that leads nowhere', () => {
  it('says so, and shows the way back', async () => {
    const { page, tolerate } = await open('phone', `/?project=${await newProject()}`);
    tolerate(/404/);
    for (const path of ['/threads/th_0000000000000000', '/threads/th_0000000000000000/changes', '/threads/..%2f..%2fetc', '/nowhere']) {
      expect((await page.goto(path))?.status()).toBe(404);
      await page.getByRole('heading', { name: 'There is nothing here' }).waitFor();
      await expectAccessible(page);
    }
    expect((await page.request.get('/api/threads/th_0000000000000000')).status()).toBe(404);
    await page.getByRole('link', { name: 'All threads' }).tap();
    await page.getByLabel('Goal').waitFor();
  });
});

describe('an address that nobody could mean', () => {
  it('is answered by every page there is, and breaks none', async () => {
    const { page } = await open('phone', '/');
    const { threadId } = await choir().api<{ threadId: string }>('POST', '/api/threads', { goal: 'list the files' });
    const ids = ['th_none', '..%2f..', 'x'.repeat(3_000), '%00', '__proto__'];
    const names = ['at', 'from', 'to', 'path', 'q', 'project'];
    const all = (value: string) => `?${names.map((name) => `${name}=${value}`).join('&')}`;
    const queries = [...names.map((name) => `?${name}=a&${name}=b`), all('../..'), all('%00')];
    const asked: string[] = [];
    for await (const file of glob('**/page.tsx', { cwd: 'app/(rooms)' })) {
      const path = `/${file.replace(/\/?page\.tsx$/, '')}`;
      if (path.includes('[')) asked.push(...ids.map((id) => path.replace(/\[\w+\]/, id)));
      if (!path.includes('[projectId]')) asked.push(...queries.map((query) => path.replace('[threadId]', threadId) + query));
    }
    expect(asked.length).toBeGreaterThan(100);
    const broken: string[] = [];
    const ask = async (path: string) => {
      const answer = await page.request.get(path, { maxRedirects: 0 });
      if (answer.status() >= 500) broken.push(`${answer.status()} ${path.slice(0, 100)}`);
    };
    while (asked.length > 0) await Promise.all(asked.splice(0, 8).map(ask));
    expect(broken).toEqual([]);
  });
});
