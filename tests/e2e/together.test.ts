import { access } from 'node:fs/promises';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { afterAll, describe, expect, it, onTestFinished } from 'vitest';
import type { LedgerEvent } from '#lib/core/event.ts';
import { foldAll, visibleItems } from '#lib/core/fold.ts';
import { hold, letGo, untilHeld } from '#tests/held-commands.ts';
import { startBotApi } from '#tests/telegram/bot-api/start-bot-api.ts';
import { personIn } from '#tests/telegram/person.ts';
import { choirInBrowser } from './choir-in-browser.ts';
import { cuttableLine } from './cuttable-line.ts';
import { runCli } from './run-cli.ts';
import { answered, checkpoint, giveGoal, patience, question, runEnd, untilLive } from './thread-page.ts';
import { untilAlive } from './until-alive.ts';

const telegram = await startBotApi();
const { choir, newProject, open } = choirInBrowser(async () => ({
  TELEGRAM_BOT_TOKEN: telegram.token,
  TELEGRAM_API_ROOT: telegram.root,
  TELEGRAM_SECOND_MS: '20',
}));
afterAll(async () => {
  await telegram.stop();
  expect(telegram.problems).toEqual([]);
});
const risky = 'create a.txt with one then run `rm a.txt; date > b.txt`';
const lines = Array.from({ length: 6 }, (_, index) => `line-${index + 1}`);
const refusedWhileAway =
  /ERR_INTERNET_DISCONNECTED|ERR_INCOMPLETE_CHUNKED_ENCODING|ERR_CONNECTION|ERR_SOCKET|ERR_EMPTY_RESPONSE|WebSocket connection|50\d/;

async function give(goal: string): Promise<string> {
  return (await choir().api<{ threadId: string }>('POST', '/api/threads', { goal, projectId: await newProject() })).threadId;
}

async function openQuestion(threadId: string): Promise<string> {
  const find = async () => (await choir().thread(threadId)).run?.approvals.find(({ answer }) => !answer)?.approvalId;
  await expect.poll(find, patience).toBeDefined();
  return (await find()) ?? '';
}

async function events(page: Page, threadId: string): Promise<LedgerEvent[]> {
  const answer = await page.request.get(`${choir().url}/api/threads/${threadId}/events`, { headers: { accept: 'application/x-ndjson' } });
  return (await answer.text())
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as LedgerEvent);
}

/** What the ledger holds of the commands' output stands on the page: all of it, once, in order. */
async function expectWhole(page: Page, threadId: string, said = lines): Promise<void> {
  const ledger = await events(page, threadId);
  expect(ledger.map(({ seq }) => seq)).toEqual(ledger.map((_, index) => index + 1));
  const outputs = visibleItems(foldAll(ledger)).flatMap((item) => (item.kind === 'message' ? [/line-\d+/.exec(item.text)?.[0]] : []));
  expect(outputs).toEqual(said);
  const shown = async () =>
    (await page.locator('main p, main pre').allInnerTexts()).flatMap((text) => /^line-\d+$/.exec(text.trim()) ?? []);
  await expect.poll(shown, patience).toEqual(outputs);
}

describe('two tabs of one device', () => {
  it('show the words that one of them types, and the one that hears them keeps nothing', async () => {
    const { page } = await open('desktop', '/');
    const other = await page.context().newPage();
    await other.goto('/');
    await untilAlive(other);
    await other.evaluate(() => {
      Storage.prototype.setItem = () => {
        throw new DOMException('Whoever types them keeps them.', 'QuotaExceededError');
      };
    });
    const words = 'Water every bed';
    await page.getByLabel('Goal').pressSequentially(words);
    await expect.poll(() => other.getByLabel('Goal').inputValue(), patience).toBe(words);
    await page.reload();
    await expect.poll(() => page.getByLabel('Goal').inputValue(), patience).toBe(words);
    expect(await other.getByLabel('Goal').inputValue()).toBe(words);
  });
});

describe('a thread that is open on several faces', () => {
  it('loses its buttons at once when the API answers, and says who did', async () => {
    const threadId = await give(risky);
    const { page } = await open('phone', `/threads/${threadId}`);
    await question(page).getByRole('button', { name: 'Approve' }).waitFor();
    const approvalId = await openQuestion(threadId);
    await choir().api('POST', `/api/approvals/${approvalId}`, { decision: 'reject' });
    await answered(page, 'Rejected').getByText('Rejected by you through the API').waitFor();
    expect(await page.getByRole('button', { name: 'Approve' }).count()).toBe(0);
    await page.getByRole('article', { name: 'End of the run' }).waitFor();
  });

  it('is answered and taken back from the terminal, and two pages show it', async () => {
    const threadId = await give(risky);
    const phone = (await open('phone', `/threads/${threadId}`)).page;
    const desktop = (await open('desktop', `/threads/${threadId}`)).page;
    const pages = [phone, desktop];
    await Promise.all(pages.map((page) => question(page).getByRole('button', { name: 'Approve' }).waitFor()));
    await desktop.getByRole('region', { name: 'Needs you' }).locator(`a[href$="${threadId}"]`).waitFor();
    await runCli(choir(), 'approve', await openQuestion(threadId));
    await Promise.all(pages.map((page) => answered(page, 'Approved').getByText('Approved by you in the terminal').waitFor()));
    await Promise.all(pages.map((page) => runEnd(page, 'Done').waitFor()));
    await desktop.getByRole('region', { name: 'Recent' }).locator(`a[href$="${threadId}"]`).waitFor();

    expect(await runCli(choir(), 'revert', '#1', '--thread', threadId, '--yes')).toContain('Reverted');
    await Promise.all(pages.map((page) => page.getByRole('article', { name: 'Revert' }).getByText('The code went back').waitFor()));
    await expect(access(join(choir().home.tree(threadId), 'b.txt'))).rejects.toThrow();
    await checkpoint(phone, 1).tap();
    await phone.getByRole('dialog').getByText('The code is here now').waitFor();

    const listed = desktop.getByRole('navigation', { name: 'Threads' }).locator(`a[href$="${threadId}"]`);
    for (const archived of [true, false]) {
      await choir().api('PUT', `/api/threads/${threadId}/marks`, { archived });
      await listed.waitFor({ state: archived ? 'detached' : 'attached' });
    }
  });

  it('keeps an answer that could not be sent, and then shows the one that came first', async () => {
    const threadId = await give(risky);
    const { page, tolerate } = await open('phone', `/threads/${threadId}`);
    await page.getByRole('link', { name: 'Files' }).click();
    await page.getByRole('link', { name: 'Waiting for you' }).click();
    await question(page).getByRole('button', { name: 'Approve' }).waitFor();
    tolerate(/409|ERR_INTERNET_DISCONNECTED|WebSocket connection/);
    await page.context().setOffline(true);
    await choir().api('POST', `/api/approvals/${await openQuestion(threadId)}`, { decision: 'reject' });
    await question(page).getByRole('button', { name: 'Approve' }).tap();
    await question(page).getByText('Waiting to be sent').waitFor();
    await page.context().setOffline(false);
    await answered(page, 'Rejected').getByText('Rejected by you through the API').waitFor();
  });
});

describe('a link that breaks in the middle of a run', () => {
  const goal = lines.map((line, index) => `${index + 1}. run \`sleep 0.2; echo ${line}\``).join('\n');

  it('comes back after the network was away, and after it died in silence: nothing is missing, nothing stands twice', async ({
    signal,
  }) => {
    const line = await cuttableLine(choir().url);
    onTestFinished(line.close);
    const { page, tolerate } = await open('phone', `/?project=${await newProject()}`, { baseURL: line.url });
    tolerate(refusedWhileAway);
    const command = hold();
    const threadId = await giveGoal(page, goal.replace('echo line-3', `${command} | cat; echo line-3`));
    await page.getByText('line-2', { exact: true }).first().waitFor();
    await untilHeld(command, new Promise(() => {}), signal);
    await page.context().setOffline(true);
    await page.getByRole('status').filter({ hasText: 'Offline' }).waitFor();
    await letGo(command);
    await expect.poll(async () => (await choir().thread(threadId)).run?.status, patience).toBe('completed');
    expect(await runEnd(page, 'Done').count()).toBe(0);
    await page.context().setOffline(false);
    await runEnd(page, 'Done').waitFor();
    await untilLive(page);
    await expectWhole(page, threadId);

    line.silence();
    await choir().api('POST', `/api/threads/${threadId}/messages`, { text: 'run `echo line-7`' });
    await expect.poll(async () => (await choir().thread(threadId)).run?.goal, patience).toContain('line-7');
    await expect.poll(async () => (await choir().thread(threadId)).run?.status, patience).toBe('completed');
    await page.evaluate(() => window.dispatchEvent(new Event('online')));
    await expectWhole(page, threadId, [...lines, 'line-7']);
    await untilLive(page);
  });

  it('shows the same on two devices and in a chat after three seconds of latency, a third of it lost, and a death in silence', async () => {
    const ada = personIn(telegram, { id: 1_001, name: 'Ada' });
    const { code } = await choir().api<{ code: string }>('POST', '/api/telegram/links');
    ada.say(`/start ${code}`);
    await ada.sees('Linked.');
    const far = Array.from({ length: 6 }, (_, index) => `line-${index + 11}`);
    ada.say(far.map((line, index) => `${index + 1}. run \`sleep 1; echo ${line}\``).join('\n'));
    const find = async () => {
      const { threads } = await choir().api<{ threads: { id: string; title: string }[] }>('GET', '/api/threads');
      return threads.find(({ title }) => title.includes('line-11'))?.id;
    };
    await expect.poll(find, patience).toBeDefined();
    const threadId = (await find()) ?? '';
    const line = await cuttableLine(choir().url);
    onTestFinished(line.close);
    const [near, away] = await Promise.all([
      open('desktop', `/threads/${threadId}`),
      open('phone', `/threads/${threadId}`, { baseURL: line.url }),
    ]);
    away.tolerate(refusedWhileAway);
    await untilLive(away.page);
    line.worsen(1_500, 0.3);
    await near.page.getByText('line-13', { exact: true }).first().waitFor();
    line.silence();
    await runEnd(near.page, 'Done').waitFor();
    await runEnd(away.page, 'Done').waitFor();
    await Promise.all([near, away].map(({ page }) => expectWhole(page, threadId, far)));
    await ada.sees('✅ Done');
    line.mend();
    await untilLive(away.page);
  });

  it('comes back after the web server was killed under it', async () => {
    const { page, tolerate } = await open('phone', `/?project=${await newProject()}`);
    tolerate(refusedWhileAway);
    const threadId = await giveGoal(page, goal);
    await page.getByText('line-1', { exact: true }).first().waitFor();
    choir().kill('web');
    await runEnd(page, 'Done').waitFor();
    await untilLive(page);
    await expectWhole(page, threadId);
  });
});

describe('a device that is revoked', () => {
  it('loses its live connection and its pages at once', async () => {
    const threadId = await give('create a.txt with one');
    const { page, tolerate } = await open('phone', `/threads/${threadId}`);
    tolerate(/401|WebSocket connection/);
    await untilLive(page);
    const { credentials } = await choir().api<{ credentials: { id: string; kind: string; lastSeenAt: string }[] }>(
      'GET',
      '/api/credentials',
    );
    const devices = credentials.filter(({ kind }) => kind === 'device');
    for (const { id } of devices) await choir().api('DELETE', `/api/credentials/${id}`);
    await page.waitForURL(/\/sign-in/);
    await page.getByText('This device was signed out elsewhere.').waitFor();
    await choir().api('POST', `/api/threads/${threadId}/messages`, { text: 'create secret.txt with more' });
    await expect.poll(async () => (await choir().thread(threadId)).run?.goal, patience).toContain('secret');
    await expect.poll(async () => (await choir().thread(threadId)).run?.status, patience).toBe('completed');
    expect(await page.getByText('secret').count()).toBe(0);
    await page.goto(`${choir().url}/threads/${threadId}`);
    await page.waitForURL(/\/sign-in/);
  });
});
