import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { LLMock } from '@copilotkit/aimock';
import { afterAll, describe, expect, it } from 'vitest';
import { tokens } from '#tests/models/model-services.ts';
import { call, calls, scripted, step, textOf } from '#tests/models/scripted-model.ts';
import { choirInBrowser } from './choir-in-browser.ts';
import { expectAccessible } from './expect-accessible.ts';
import { answered, giveGoal, patience, question, runEnd } from './thread-page.ts';
import { tone } from './tone.ts';

const feed = 'https://pod.example/feed.xml';
const video = 'https://youtu.be/dQw4w9WgXcQ';
const mock = new LLMock({ port: 0, host: '127.0.0.1', logLevel: 'silent' });
const say = scripted({
  plan: [step('s1', 'Write the page'), step('s2', 'Fetch a picture', { kind: 'command', depends_on: ['s1'] })],
  answers: [
    calls('I write the page.', call('create_file', { path: 'index.html', content: '<h1>Lune</h1>\n' })),
    calls(
      'Now the picture.',
      call('update_plan', { finished: [{ step_id: 's1', status: 'done', note: 'Written' }] }),
      call('run_command', { command: 'curl -sS http://pictures.invalid/loaf.jpg' }),
    ),
    calls('', call('update_plan', { finished: [{ step_id: 's2', status: 'done', note: 'Tried' }] })),
    { content: `The page stands in \`index.html\`. I heard of Lune in ${feed} and saw it at ${video}.` },
  ],
});
let refusals = 1;
mock.on({ predicate: () => true }, (request) => {
  if (textOf(request, 'user').includes('Fall over once') && refusals-- > 0) return { error: { message: 'No.' }, status: 400 };
  return { usage: tokens(1_000, 50), ...say(request) };
});
afterAll(() => mock.stop());

const { choir, newProject, open } = choirInBrowser(async () => {
  await mock.start();
  return { ANTHROPIC_API_KEY: 'test-key', ANTHROPIC_BASE_URL: mock.url, OPENAI_API_KEY: '', GEMINI_API_KEY: '' };
});

describe('an agent that works with a model', () => {
  it('is chosen with what it can and costs, plans, asks, is remembered, and shows its bill', async () => {
    const { page } = await open('phone', `/?project=${await newProject()}`);
    await page.getByRole('button', { name: 'Agent:' }).tap();
    const sheet = page.getByRole('dialog');
    await sheet.getByText('OPENAI_API_KEY').first().waitFor();
    await sheet
      .getByText(/^about \$\d/)
      .first()
      .waitFor();
    await expectAccessible(page);
    await sheet.getByRole('radio', { name: /^Model/ }).check();
    await sheet.getByText(/^Cost: by the list prices of anthropic\/claude-/).waitFor();
    await sheet.getByLabel('US dollars').fill('2');
    await sheet.getByRole('button', { name: 'Work with Model' }).tap();
    await sheet.waitFor({ state: 'detached' });
    const threadId = await giveGoal(page, 'Make a page for the bakery Lune');

    await question(page, 'May this run?').waitFor();
    await page.getByText('I write the page.', { exact: true }).waitFor();
    await page.getByRole('combobox', { name: 'Approve' }).selectOption('Always in this thread');
    await expectAccessible(page);
    await page.getByRole('button', { name: 'Approve' }).tap();
    await answered(page, 'Approved').waitFor();
    await runEnd(page, 'Done').getByText('tokens').waitFor();
    await page.getByText(/^New rule: /).waitFor();
    expect(await readFile(join(choir().home.tree(threadId), 'index.html'), 'utf8')).toBe('<h1>Lune</h1>\n');
    const { run } = await choir().thread(threadId);
    expect(run).toMatchObject({ agent: 'model', limits: { budgetUsd: 2 }, cost: { unpricedCalls: 0 } });
    expect(run?.cost.costUsd).toBeGreaterThan(0);

    const outside: string[] = [];
    const answer = (address: string, reply: { json: object } | { body: Buffer | string; contentType: string }) =>
      page.route(address, (route) => {
        outside.push(route.request().url());
        return route.fulfill(reply);
      });
    await answer('https://pod.example/1.wav', { body: tone(), contentType: 'audio/wav' });
    await answer('https://www.youtube-nocookie.com/**', { body: '<h1>Moving pictures</h1>', contentType: 'text/html' });
    const episodes = [{ title: 'Bread', at: null, link: null, audio: 'http://pod.example/1.wav' }];
    const words = { site: 'pod.example', description: 'Weekly words', image: null };
    await answer('**/api/embeds', { json: { kind: 'feed', url: feed, title: 'Bakery talk', ...words, episodes } });
    const end = runEnd(page, 'Done').first();
    await end.getByRole('button', { name: `Look at ${feed.replace('https://', '')}` }).tap();
    await end.getByRole('link', { name: /Bakery talk/ }).waitFor();
    await expectAccessible(page);
    expect(outside).toEqual([new URL('/api/embeds', page.url()).href]);
    await end.getByRole('button', { name: 'Play: Bread' }).tap();
    await page
      .getByRole('region', { name: 'Player' })
      .getByText(/ of 0:03/)
      .waitFor();
    await page.unroute('**/api/embeds');
    await answer('**/api/embeds', { json: { kind: 'page', url: video, title: 'A walk through Lune', ...words, feed: null } });
    await end.getByRole('button', { name: `Look at ${video.replace('https://', '')}` }).tap();
    await end.getByRole('button', { name: 'Play: A walk through Lune' }).tap();
    await end.frameLocator('iframe').getByText('Moving pictures').waitFor();

    await page.getByLabel('Next goal').fill('Fall over once');
    await page.getByRole('button', { name: 'Send' }).tap();
    await runEnd(page, 'Failed').getByRole('button', { name: 'Try again' }).tap();
    const again = async () => (await choir().thread(threadId)).run;
    await expect.poll(again, patience).toMatchObject({ status: 'completed', goal: 'Fall over once', agent: 'model' });

    await page.getByRole('link', { name: 'Rules and budgets' }).tap();
    await page.getByRole('heading', { name: 'What models cost' }).waitFor();
    await page.getByRole('cell', { name: 'model' }).waitFor();
    await page.getByRole('button', { name: /^Revoke: / }).tap();
    await page.getByRole('dialog').getByRole('button', { name: 'Revoke' }).tap();
    await page.getByText('No rule of yours holds yet').waitFor();
  });
});

describe('a rule', () => {
  it('is set in plain words that are said back first, and stops an agent', async () => {
    const projectId = await newProject();
    const { page } = await open('phone', '/rules');
    await page.getByLabel('New rule').fill('make it nice');
    await page.getByRole('button', { name: 'See what it means' }).tap();
    await page.getByText('Not understood').waitFor();
    await page.getByLabel('New rule').fill('never touch secret/');
    await page.getByRole('button', { name: 'See what it means' }).tap();
    await page.getByText('This will hold').waitFor();
    await expectAccessible(page);
    await page.getByRole('button', { name: 'Let it hold' }).tap();
    await page.getByRole('button', { name: /^Revoke: / }).waitFor();

    await page.goto(`/?project=${projectId}`);
    await giveGoal(page, 'create secret/a.txt with one then create b.txt with two');
    await page
      .getByText(/^not allowed/)
      .first()
      .waitFor();
    await page.goto('/rules');
    await page.getByRole('button', { name: /^Revoke: / }).tap();
    await page.getByRole('dialog').getByRole('button', { name: 'Revoke' }).tap();
    await page.getByText('No rule of yours holds yet').waitFor();
  });

  it('has a budget beside it that is set and taken away', async () => {
    const { page } = await open('desktop', '/rules');
    await page.getByLabel('New budget').fill('0,05');
    await page.getByRole('button', { name: 'Set budget' }).click();
    await page.getByText('of $0.05 this month').waitFor();
    await expectAccessible(page);
    await page.getByRole('link', { name: 'New goal' }).click();
    await page.getByRole('button', { name: 'Agent:' }).click();
    const bestFit = page.getByRole('dialog').locator('label').filter({ hasText: 'Best fit' });
    await bestFit.getByText(/^The budget of this workspace for this month has \$\S+ left, less than this may cost\.$/).waitFor();
    await page
      .getByRole('dialog')
      .getByRole('radio', { name: /^Claude Code/ })
      .check();
    await page.keyboard.press('Escape');
    await page.getByRole('dialog').waitFor({ state: 'detached' });
    await page.getByRole('button', { name: 'Agent: Best fit' }).waitFor();
    await page.goBack();
    await page.getByRole('button', { name: 'Remove the budget of Everywhere' }).click();
    await expect.poll(() => page.getByText('of $0.05').count(), patience).toBe(0);
  });
});
