import { access, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { hold, letGo, untilHeld } from '#tests/held-commands.ts';
import { choirInBrowser } from './choir-in-browser.ts';
import { expectAccessible } from './expect-accessible.ts';
import { runCli } from './run-cli.ts';
import { answered, checkpoint, giveGoal, patience, question, runEnd, say } from './thread-page.ts';

const { choir, newProject, open, stranger } = choirInBrowser();
const risky = 'create a.txt with one then run `rm a.txt; date > b.txt`';
const treeFile = (threadId: string, path: string) => join(choir().home.tree(threadId), path);
const content = (threadId: string, path: string) => readFile(treeFile(threadId, path), 'utf8');

describe('at the door', () => {
  it('signs a device in by the link that npm start printed, once', async () => {
    const { page } = await stranger('phone');
    await page.goto('/');
    await page.getByRole('heading', { name: 'You need a sign-in link' }).waitFor();
    await expectAccessible(page);
    await page.goto(choir().signInUrl);
    await page.reload();
    await page.getByRole('button', { name: 'Sign in on this device' }).tap();
    await page.waitForURL(choir().url);
    await page.getByRole('heading', { name: 'Hand over a goal' }).waitFor();
    await expectAccessible(page);
    const icon = await page.request.get(new URL('/favicon.ico', choir().url).href);
    expect(icon.headers()['content-type']).toBe('image/svg+xml');

    const second = await stranger('phone');
    second.tolerate(/401/);
    await second.page.goto(choir().signInUrl);
    await second.page.getByRole('button', { name: 'Sign in on this device' }).tap();
    await second.page.getByRole('alert').filter({ hasText: 'used already' }).waitFor();
    await second.page.getByRole('heading', { name: 'You need a sign-in link' }).waitFor();
    await expectAccessible(second.page);
  });
});

describe('a goal on the phone', () => {
  it('shows plan, actions, messages and the end as they happen', async () => {
    const { page } = await open('phone', `/?project=${await newProject()}`);
    await page.getByRole('button', { name: /Fibonacci/ }).tap();
    await page.getByRole('button', { name: 'Send' }).tap();
    await page.getByRole('article', { name: 'Plan' }).getByText('2 of 2 done').waitFor();
    await page.getByRole('button', { name: /^Ran / }).waitFor();
    await runEnd(page, 'Done').waitFor();
    await page.getByText('4181').first().waitFor();
    await expectAccessible(page);
    await page.getByRole('link', { name: 'All threads' }).tap();
    await page
      .getByRole('region', { name: 'Recent' })
      .getByRole('link', { name: /Fibonacci/ })
      .waitFor();
    await expectAccessible(page);
  });

  it('asks with the real effect, and keeps exactly that when approved', async () => {
    const { page } = await open('phone', `/?project=${await newProject()}`);
    const threadId = await giveGoal(page, risky);
    const card = question(page);
    await card.getByText('It changed 2 files').waitFor();
    expect(
      await card
        .getByRole('listitem')
        .filter({ hasText: /^Ddeleted/ })
        .innerText(),
    ).toContain('a.txt');
    expect(
      await card
        .getByRole('listitem')
        .filter({ hasText: /^Aadded/ })
        .innerText(),
    ).toContain('b.txt');
    expect(await content(threadId, 'a.txt')).toBe('one\n');
    await expectAccessible(page);
    await card.getByRole('link', { name: 'Diff' }).tap();
    await page.getByRole('heading', { name: 'What approve would keep' }).waitFor();
    const shown = await page.getByRole('row').filter({ hasText: '+' }).innerText();
    await expectAccessible(page);
    const answer = page.getByRole('region', { name: 'Your answer' });
    await answer.getByRole('button', { name: 'Choose what to keep' }).waitFor();
    await answer.getByRole('button', { name: 'Approve' }).tap();
    await answer.getByText('Approved by you in the app').waitFor();
    await page.getByRole('link', { name: 'Conversation' }).tap();

    const receipts = answered(page, 'Approved').getByRole('list', { name: 'Receipts' });
    for (const receipt of ['Asked', 'Approved by you in the app', 'Delivered', 'Result: Kept 2 files, 1 of them deleted'])
      await receipts.getByRole('listitem').filter({ hasText: receipt }).waitFor();
    await runEnd(page, 'Done').waitFor();
    expect(shown).toContain((await content(threadId, 'b.txt')).trim());
    await expect(access(treeFile(threadId, 'a.txt'))).rejects.toThrow();
  });

  it('says of a long list of files that there are more, shows all when asked, and none beside those to choose from', async () => {
    const { page } = await open('phone', `/?project=${await newProject()}`);
    await giveGoal(page, 'run `for i in 1 2 3 4 5 6 7 8; do echo x > f$i.txt; done` then run `rm f*.txt`');
    const card = question(page);
    await card.getByText('and 5 more').waitFor();
    expect(await card.getByText('f8.txt').count()).toBe(0);
    await card.getByRole('button', { name: 'Show all 8 files' }).tap();
    await card.getByText('f8.txt').waitFor();
    await card.getByRole('button', { name: 'Choose what to keep' }).tap();
    await card.getByRole('button', { name: 'Show fewer' }).waitFor({ state: 'hidden' });
    expect(await card.getByText('f8.txt').filter({ visible: true }).count()).toBe(1);
  });

  it('keeps the files and the parts of them that were chosen', async () => {
    const { page } = await open('phone', `/?project=${await newProject()}`);
    const begin = 'run `seq 40 > n.txt; echo old > a.txt; seq 3 > b.txt`';
    const threadId = await giveGoal(page, `${begin} then run \`sed -i 's/^3$/three/; s/^30$/thirty/' n.txt; rm a.txt; seq 4 5 > b.txt\``);
    const card = question(page);
    await card.getByRole('button', { name: 'Choose what to keep' }).tap();
    await card.getByRole('button', { name: 'None' }).tap();
    await card.getByText('0 of 3 files').waitFor();
    await card.getByRole('button', { name: 'All' }).tap();
    await card.getByRole('checkbox', { name: 'a.txt' }).uncheck();
    await card.getByRole('button', { name: '2 of 3 files' }).tap();
    await card.getByRole('button', { name: 'Choose what to keep' }).tap();
    await card.getByText('2 of 3 files').waitFor();
    await card.getByRole('button', { name: 'Parts of n.txt' }).tap();
    expect(await card.getByRole('button', { name: /^Parts of/ }).count()).toBe(1);
    await card.getByRole('checkbox', { name: 'Keep part 2, at line 27' }).uncheck();
    await card.getByRole('row').filter({ hasText: 'thirty' }).waitFor();
    await expectAccessible(page);
    await card.getByRole('button', { name: 'Keep 2' }).tap();
    await answered(page, 'Approved in part').getByText('Result: Kept 2 of 3 files without 1 part').waitFor();
    await runEnd(page, 'Done in part').waitFor();
    const lines = async (...numbers: number[]) => {
      const all = (await content(threadId, 'n.txt')).split('\n');
      return numbers.map((number) => all[number - 1]);
    };
    expect(await lines(3, 30)).toEqual(['three', '30']);
    await access(treeFile(threadId, 'a.txt'));

    await say(page, 'Next goal', "run `sed -i 's/^10$/ten/' n.txt; seq 41 6100 >> n.txt; rm a.txt`");
    await question(page).getByText('It changed 2 files').waitFor();
    const { run } = await choir().thread(threadId);
    const approvalId = run?.approvals.at(-1)?.approvalId ?? '';
    const answer = await runCli(choir(), 'approve', approvalId, '--keep', 'n.txt', '--drop-part', 'n.txt:2');
    expect(answer).toContain('Approved in part.');
    await answered(page, 'Approved in part').getByText('Result: Kept 1 of 2 files without 1 part').waitFor();
    await expect.poll(() => lines(3, 10, 40, 41), patience).toEqual(['three', 'ten', '40', '']);

    await say(page, 'Next goal', "run `$(echo sed) -i 's/^7$/seven/; s/^37$/last/' n.txt`");
    await card.getByRole('button', { name: 'Choose what to keep' }).tap();
    await card.getByRole('button', { name: 'Parts of n.txt' }).waitFor();
    await card.getByRole('button', { name: 'Reject' }).tap();
    await answered(page, 'Rejected').waitFor();
    const read = page.waitForResponse(/\/diff\?/);
    await say(page, 'Next goal', "run `$(echo sed) -i 's/^7$/seven/' n.txt`");
    await card.getByText('It changed 1 file').waitFor();
    await (await read).finished();
    expect(await card.getByRole('button', { name: 'Choose what to keep' }).count()).toBe(0);
  });

  it('drops what was done when it is rejected', async () => {
    const { page } = await open('phone', `/?project=${await newProject()}`);
    const threadId = await giveGoal(page, risky);
    await question(page).getByRole('button', { name: 'Reject' }).tap();
    await answered(page, 'Rejected').getByText('Rejected by you').waitFor();
    await page.getByRole('article', { name: 'End of the run' }).waitFor();
    expect(await content(threadId, 'a.txt')).toBe('one\n');
    await expect(access(treeFile(threadId, 'b.txt'))).rejects.toThrow();
  });

  it('plans again by the words of Modify', async () => {
    const { page } = await open('phone', `/?project=${await newProject()}`);
    const threadId = await giveGoal(page, risky);
    await question(page).getByRole('button', { name: 'Modify' }).tap();
    await page.getByLabel('What should change?').fill('instead create c.txt with three');
    await expectAccessible(page);
    await question(page).getByRole('button', { name: 'Send' }).tap();
    await answered(page, 'To be changed').waitFor();
    await page.getByText('instead create c.txt with three', { exact: true }).waitFor();
    await runEnd(page, 'Done').waitFor();
    expect(await content(threadId, 'c.txt')).toBe('three\n');
    expect(await content(threadId, 'a.txt')).toBe('one\n');

    const goal = { mode: 'plan', text: 'create d.txt with four, then create e.txt with five' };
    await choir().api('POST', `/api/threads/${threadId}/messages`, goal);
    const plan = question(page, 'Work by this plan?');
    await plan.getByRole('button', { name: 'Modify' }).tap();
    const steps = plan.getByLabel('Edit the steps');
    expect(await steps.inputValue()).toMatch(/^The plan should be:\n1\. .*d\.txt.*\n2\. .*e\.txt/);
    await expectAccessible(page);
    await page.reload();
    await expect.poll(() => plan.getByRole('button', { name: 'Approve' }).isVisible(), patience).toBe(true);
    await plan.getByRole('button', { name: 'Modify' }).tap();
    await steps.fill((await steps.inputValue()).replace(/1\. .*\n2/, '1'));
    await plan.getByRole('button', { name: 'Send' }).tap();
    await plan.filter({ hasNotText: 'd.txt' }).getByRole('button', { name: 'Approve' }).tap();
    await expect.poll(() => content(threadId, 'e.txt').catch(() => ''), patience).toBe('five\n');
    await expect(access(treeFile(threadId, 'd.txt'))).rejects.toThrow();
  });

  it('hears guidance while it works, and leaves in the field what is typed while that is on its way', async ({ signal }) => {
    const { page } = await open('phone', `/?project=${await newProject()}`);
    const command = hold();
    const threadId = await giveGoal(page, `run \`${command} | cat\` then create a.txt with one`);
    await untilHeld(command, new Promise(() => {}), signal);
    const typedMeanwhile = 'and one thing more';
    await page.route('**/messages', async (route) => {
      await page.getByLabel('Guidance for the agent').fill(typedMeanwhile);
      await route.continue();
    });
    await say(page, 'Guidance for the agent', 'then create d.txt with four');
    await page.getByText('Waits for the agent').waitFor();
    await letGo(command);
    await page.getByText('The agent has it').waitFor();
    await page.getByRole('button', { name: 'Send', disabled: false }).waitFor();
    expect(await page.locator('textarea').inputValue()).toBe(typedMeanwhile);
    await runEnd(page, 'Done').waitFor();
    expect(await content(threadId, 'd.txt')).toBe('four\n');
  });

  it('stops when told to, and takes the next goal', async () => {
    const { page } = await open('phone', `/?project=${await newProject()}`);
    const threadId = await giveGoal(page, 'run `touch late.txt; while true; do echo tick; sleep 0.1; done`');
    await page
      .getByText(/^(tick\s*)+$/)
      .first()
      .waitFor();
    await page.getByRole('button', { name: 'Stop' }).tap();
    await runEnd(page, 'Stopped').waitFor();
    await say(page, 'Next goal', 'create next.txt with more');
    await runEnd(page, 'Done').waitFor();
    expect(await content(threadId, 'next.txt')).toBe('more\n');
    await expect(access(treeFile(threadId, 'late.txt'))).rejects.toThrow();
  });
});

describe('going back on the phone', () => {
  it('previews, goes back, once though the answer is lost, and undoes that', async () => {
    const { page, tolerate } = await open('phone', `/?project=${await newProject()}`);
    const threadId = await giveGoal(page, 'create a.txt with one then create b.txt with two');
    await runEnd(page, 'Done').waitFor();
    await checkpoint(page, 1).tap();
    const sheet = page.getByRole('dialog');
    await sheet.getByRole('button', { name: 'Go back to here' }).waitFor();
    await expectAccessible(page);
    await sheet.getByRole('button', { name: 'Go back to here' }).tap();
    const preview = page.getByRole('dialog', { name: 'Go back to #1' });
    await preview.getByText('1 file will change').waitFor();
    await preview.getByRole('listitem').filter({ hasText: 'b.txt' }).waitFor();
    await preview.getByText('Code', { exact: true }).tap();
    await preview.getByText('1 file will change').waitFor();
    await expectAccessible(page);
    let asked = 0;
    tolerate(/ERR_CONNECTION_RESET/);
    await page.route('**/revert', async (route) => {
      asked += 1;
      if (asked === 1) await route.fetch();
      await (asked <= 2 ? route.abort('connectionreset') : route.continue());
    });
    await preview.getByRole('button', { name: 'Go back' }).tap();
    await preview.getByText('Choir cannot be reached.').waitFor();
    await preview.getByText('The files are already as they were then').waitFor();
    await preview.getByRole('button', { name: 'Go back' }).tap();
    await preview.waitFor({ state: 'detached' });
    expect((await choir().thread(threadId)).items.filter(({ kind }) => kind === 'revert')).toHaveLength(1);

    const revert = page.getByRole('article', { name: 'Revert' });
    await revert.getByText('The code went back to #').waitFor();
    await preview.waitFor({ state: 'detached' });
    await expect(access(treeFile(threadId, 'b.txt'))).rejects.toThrow();
    await revert.getByRole('button', { name: 'Undo' }).tap();
    const undo = page.getByRole('dialog', { name: 'Undo going back' });
    await undo.getByText('1 file will change').waitFor();
    await undo.getByRole('button', { name: 'Undo' }).tap();
    await revert.getByText('Going back was undone').waitFor();
    expect(await content(threadId, 'b.txt')).toBe('two\n');
  });

  it('shows all changes and all files of the thread', async () => {
    const { page } = await open('phone', `/?project=${await newProject()}`);
    await giveGoal(page, 'create docs/a.txt with one');
    await runEnd(page, 'Done').waitFor();
    await page.getByRole('link', { name: 'Changes' }).tap();
    await page.getByRole('row').filter({ hasText: '+' }).getByText('one').waitFor();
    await expectAccessible(page);
    await page.getByRole('link', { name: 'Files', exact: true }).tap();
    await page.getByRole('link', { name: 'docs' }).tap();
    await page.getByRole('heading', { name: 'docs', exact: true }).waitFor();
    await expectAccessible(page);
    await page.getByRole('link', { name: /a\.txt/ }).tap();
    await page.getByRole('textbox', { name: 'docs/a.txt' }).getByText('one').waitFor();
    await expectAccessible(page);
    await page.getByRole('link', { name: 'Up one folder' }).tap();
    await page.getByRole('link', { name: /a\.txt/ }).waitFor();
  });
});
