import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, writeFile } from 'node:fs/promises';
import { expect, test } from 'vitest';
import { ensureCliToken } from '#lib/auth/ensure-cli-token.ts';
import type { Command } from '#lib/core/decide.ts';
import { newId } from '#lib/core/new-id.ts';
import { serveApi } from '#tests/serve-api.ts';
import { testWebServices } from '#tests/web-services.ts';

const services = await testWebServices();
const url = await serveApi(services);
await ensureCliToken(services);
const agent = { actor: 'agent', agentId: 'rules' } as const;

/** Starts `choir` as a person does. `ended` gives its exit code and all it printed. */
function choir(args: string[], { input = '', env = {} }: { input?: string; env?: Record<string, string> } = {}) {
  const environment: NodeJS.ProcessEnv = {
    NODE_ENV: 'production',
    PATH: process.env.PATH,
    CHOIR_HOME: services.home.root,
    CHOIR_URL: url,
    NO_COLOR: '1',
    ...env,
  };
  const child = spawn(process.execPath, ['bin/choir.mjs', ...args], { env: environment });
  child.stdin.end(input);
  let stdout = '';
  let stderr = '';
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    stdout += text;
  });
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    stderr += text;
  });
  const ended = once(child, 'close').then(([code]) => ({ code, stdout, stderr }));
  return { child, ended, shown: () => stdout };
}

type RunRow = { id: string; thread_id: string };

/** The hands of a worker, for the next run that is queued. */
async function takeRun() {
  const readRuns = () => services.database.sql<RunRow[]>`select id, thread_id from runs`;
  const known = new Set((await readRuns()).map(({ id }) => id));
  const newRun = async () => (await readRuns()).find(({ id }) => !known.has(id));
  return {
    async work() {
      await expect.poll(newRun, { timeout: 20_000, interval: 20 }).toBeTruthy();
      const { id: runId, thread_id: threadId } = (await newRun())!;
      const command = (...commands: Command[]) => services.ledger.command(threadId, agent, commands);
      await command({ type: 'take-run', runId, workerId: 'wk', reason: 'retried' });
      return { runId, threadId, command };
    },
  };
}

test('run follows to the end and shows no escape code of the agent', async () => {
  const worker = await takeRun();
  const { ended } = choir(['run', 'say', 'hello']);
  const { runId, command } = await worker.work();
  await command(
    { type: 'post-message', runId, text: 'he\u001b[2J\u001b]0;owned\u0007llo\u202e' },
    { type: 'complete-run', runId, summary: 'Said it.' },
  );
  const { code, stdout } = await ended;
  expect(code).toBe(0);
  expect(stdout).toContain('Goal  say hello');
  expect(stdout).toContain('\nhello\n');
  expect(stdout).toContain('✓ Done  Said it.');
  expect(stdout).not.toMatch(/[\u001b\u0007\u202e]/);
});

test('a failed run exits with 1, and --json prints each event on a line', async () => {
  const worker = await takeRun();
  const { ended } = choir(['run', '-', '--json'], { input: 'a goal from stdin' });
  const { runId, command } = await worker.work();
  await command({ type: 'fail-run', runId, error: 'No way.' });
  const { code, stdout } = await ended;
  expect(code).toBe(1);
  const events = stdout
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line));
  expect(events.map(({ seq }) => seq)).toEqual([1, 2, 3, 4, 5, 6]);
  expect(events.at(-1)).toMatchObject({ type: 'run.failed' });
  expect(events[2]).toMatchObject({ type: 'goal.given', via: 'cli', data: { text: 'a goal from stdin' } });
});

test('--yes approves an effect but not what reaches outside; that is answered from another terminal', async () => {
  const worker = await takeRun();
  const { ended } = choir(['run', 'do both', '--yes']);
  const { runId, threadId, command } = await worker.work();
  const answered = async (approvalId: string) =>
    expect
      .poll(
        async () =>
          (await services.ledger.load(threadId)).run?.approvals.find((approval) => approval.approvalId === approvalId)?.answer?.decision,
        {
          timeout: 10_000,
          interval: 20,
        },
      )
      .toBe('approve');
  const ask = async (kind: 'effect' | 'outside') => {
    const approvalId = newId('ap');
    const action = { cwd: '.', network: kind === 'outside', baseCheckpointId: 'cp_x', hash: 'h' };
    await command({ type: 'request-approval', runId, approvalId, kind, action, reason: 'because' });
    return approvalId;
  };
  await answered(await ask('effect'));
  const outside = await ask('outside');
  const status = await choir(['status']).ended;
  expect(status.stdout).toContain(outside);
  expect((await services.ledger.load(threadId)).run?.status).toBe('waiting');
  expect((await choir(['approve', outside]).ended).code).toBe(0);
  const again = await choir(['reject', outside]).ended;
  expect(again).toMatchObject({ code: 2, stderr: expect.stringContaining('answered already') });
  await answered(outside);
  await command({ type: 'complete-run', runId, summary: 'Both.' });
  const { code, stderr } = await ended;
  expect(code).toBe(0);
  expect(stderr).toContain(`choir approve ${outside}`);
});

test('run says within which bounds it works and what it cost; costs and budgets are listed', async () => {
  const worker = await takeRun();
  const { ended } = choir(['run', 'count', '--mode', 'autonomous', '--max-steps', '7', '--budget', '1.50', '--judge', 'turn']);
  const { runId, threadId, command } = await worker.work();
  const counted = { inputTokens: 900, cacheReadTokens: 0, cacheWriteTokens: 0, outputTokens: 100, costUsd: 0.25, durationMs: 1 };
  const call = { modelCallId: newId('mc'), provider: 'openai', model: 'gpt-x', outcome: 'ok', ...counted } as const;
  await command({ type: 'record-model-call', runId, call }, { type: 'complete-run', runId, summary: 'Counted.' });
  const { code, stdout } = await ended;
  expect(code).toBe(0);
  expect(stdout).toContain('Rules (the default: needs no model and no key) · autonomous · asks after $1.50, 7 steps, 2 h');
  expect(stdout).toContain('$0.25 for 1 model call, 1000 tokens');
  const { run } = await services.ledger.load(threadId);
  expect(run).toMatchObject({ judgement: 'turn', limits: { maxIterations: 7, budgetUsd: 1.5, timeMs: 7_200_000 } });

  expect((await choir(['costs', '--by', 'model']).ended).stdout).toContain('$0.25  openai/gpt-x');
  expect((await choir(['budget', 'set', '20']).ended).stdout).toContain('The workspace may spend $20.00 a month.');
  expect((await choir(['budget']).ended).stdout).toContain('$0.25 of $20.00 this month');
  expect((await choir(['budget', 'remove']).ended).code).toBe(0);
});

test('agents says what each needs, and a goal for one that is not ready is refused with that', async () => {
  const listed = await choir(['agents']).ended;
  expect(listed.stdout).toMatch(/^rules .*ready$/m);
  expect(listed.stdout).toContain('Set ANTHROPIC_API_KEY and start Choir again.');
  expect(listed.stdout).toMatch(/^claude-code .*\n.*\n {2}Cost of a goal: about \$\d.*; by the list prices of anthropic\/claude-/m);
  expect((await choir(['agents', '--model', 'openai/of-nobody']).ended).stdout).toContain(
    'not known; there is no price of openai/of-nobody.',
  );
  const refused = await choir(['run', 'x', '--agent', 'claude-code']).ended;
  expect(refused).toMatchObject({ code: 2, stderr: expect.stringContaining('Set ANTHROPIC_API_KEY and start Choir again.') });
});

test('projects are made and listed', async () => {
  const made = await choir(['projects', 'create', 'Web', 'shop', '--json']).ended;
  expect(JSON.parse(made.stdout)).toMatchObject({ name: 'Web shop', origin: { template: 'blank' } });
  expect((await choir(['projects']).ended).stdout).toContain('Web shop');
});

test('words that come too late for a run are said to be the next goal, which is followed, too', async () => {
  const worker = await takeRun();
  const { ended } = choir(['run', 'the first']);
  const { runId, threadId, command } = await worker.work();
  const next = await takeRun();
  const other = choir(['run', 'and the second', '--thread', threadId]);
  await expect.poll(async () => (await services.ledger.load(threadId)).run?.guidance.length, { timeout: 10_000 }).toBe(1);
  await command({ type: 'complete-run', runId, summary: 'The first is done.' });
  const second = await next.work();
  await second.command({ type: 'fail-run', runId: second.runId, error: 'The second is not.' });
  const { code, stdout } = await ended;
  expect(code).toBe(1);
  expect((await choir(['status', threadId]).ended).stdout).toContain('✗ Failed  The second is not.');
  expect(stdout).toMatch(/The first is done\..*too late.*Goal {2}and the second.*The second is not\./s);
  expect((await other.ended).stdout).toContain('The second is not.');
});

test('Ctrl-C leaves the run going and says how to come back', async () => {
  const worker = await takeRun();
  const { child, ended, shown } = choir(['run', 'something long']);
  const { threadId } = await worker.work();
  await expect.poll(shown, { timeout: 10_000 }).toContain('Goal  something long');
  child.kill('SIGINT');
  const { code, stderr } = await ended;
  expect(code).toBe(130);
  expect(stderr).toContain(`choir follow ${threadId}`);
  expect((await services.ledger.load(threadId)).run?.status).toBe('running');
});

test('refuses bad input with 2 and one sentence', async () => {
  for (const args of [
    ['run'],
    ['run', 'x', '--mode', 'yolo'],
    ['nonsense'],
    ['run', 'x', '--agent', 'nobody'],
    ['run', 'x', '--model', 'gpt'],
    ['run', 'x', '--budget', 'lots'],
    ['budget', 'set', '5', '--thread', 'th_none'],
    ['projects', 'create'],
    ['approve', 'ap_none'],
    ['approve', 'ap_none', '--drop-part', 'a.txt:1'],
    ['modify', 'ap_none'],
    ['threads', 'all'],
    ['token', 'create', '--days', '0'],
  ]) {
    const { code, stderr, stdout } = await choir(args).ended;
    expect(code, args.join(' ')).toBe(2);
    expect(stderr.trim(), args.join(' ')).not.toBe('');
    expect(stdout).toBe('');
  }
});

test('says in its own words what is wrong with an option or a command', async () => {
  const said = async (...args: string[]) => (await choir(args).ended).stderr;
  expect(await said('run', 'x', '--fast')).toBe('There is no option --fast here. --help lists those that there are.\n');
  expect(await said('run', 'x', '--mode')).toBe('--mode needs a value. --help shows which.\n');
  expect(await said('run', 'x', '--yes=no')).toBe('--yes takes no value.\n');
  expect(await said('lgos')).toBe('There is no command "lgos". All there are: npx choir --help\n');
  expect(await said('diff', 'th_a', 'th_b')).toContain('"th_b" is one word too many');
});

test('says what to do without a server, without a token, and with one that was revoked', async () => {
  const nobody = await choir(['threads'], { env: { CHOIR_URL: 'http://127.0.0.1:9' } }).ended;
  expect(nobody).toMatchObject({ code: 1, stderr: expect.stringContaining('npm start') });
  const noToken = await choir(['threads'], { env: { CHOIR_HOME: '/nonexistent' } }).ended;
  expect(noToken).toMatchObject({ code: 2, stderr: expect.stringContaining('CHOIR_TOKEN') });
  const forged = await choir(['threads'], { env: { CHOIR_TOKEN: 'choir_token_forged' } }).ended;
  expect(forged).toMatchObject({ code: 2, stderr: expect.stringMatching(/CHOIR_TOKEN is not valid at .* expired.*token create/) });
});

test('the local token is never sent to another machine', async () => {
  const { code, stderr } = await choir(['threads'], { env: { CHOIR_URL: 'http://choir.invalid:3000' } }).ended;
  expect(code).toBe(2);
  expect(stderr).toContain('CHOIR_TOKEN');
});

test('finds the server that runs from the data folder, and makes tokens that work', async () => {
  await mkdir(services.home.run, { recursive: true });
  await writeFile(services.home.webUrl, `${url}\n`);
  const made = await choir(['token', 'create', 'for', 'CI'], { env: { CHOIR_URL: '' } }).ended;
  expect(made.code).toBe(0);
  const listed = await choir(['threads', '--json'], { env: { CHOIR_HOME: '/nonexistent', CHOIR_TOKEN: made.stdout.trim() } }).ended;
  expect(listed.code).toBe(0);
  expect(JSON.parse(listed.stdout)).toBeInstanceOf(Array);
});

test('plan stops where its plan waits; apply carries it out and ticks each step as it ends', async () => {
  const worker = await takeRun();
  const planned = choir(['plan', 'tidy up']);
  const { runId, threadId, command } = await worker.work();
  const step = (step_id: string, title: string) => ({ step_id, title, kind: 'edit' as const, depends_on: [], notes: '' });
  const steps = [step('s1', 'Look around'), step('s2', 'Move the files')];
  const action = { steps, cwd: '.', network: false, baseCheckpointId: 'cp_x', hash: 'h' };
  await command(
    { type: 'propose-plan', runId, reason: '', steps },
    { type: 'request-approval', runId, approvalId: newId('ap'), kind: 'plan', action, reason: 'Nothing has run yet.' },
  );
  expect(await planned.ended).toMatchObject({ code: 0, stdout: expect.stringContaining('  ○ 1. Look around\n  ○ 2. Move the files\n') });

  const applied = choir(['apply', threadId]);
  await expect
    .poll(async () => (await services.ledger.load(threadId)).run?.approvals[0]?.answer?.decision, { timeout: 20_000, interval: 20 })
    .toBe('approve');
  await command(
    { type: 'start-step', runId, stepId: 's1' },
    { type: 'finish-step', runId, stepId: 's1', status: 'done', note: 'Done' },
    { type: 'start-step', runId, stepId: 's2' },
    { type: 'finish-step', runId, stepId: 's2', status: 'failed', note: 'No room.' },
    { type: 'complete-run', runId, summary: 'Half of it.' },
  );
  const { code, stdout } = await applied.ended;
  expect(code).toBe(0);
  expect(stdout.split('\n')).toEqual(
    expect.arrayContaining(['▸ 1/2 Look around', '✓ 1/2 Look around', '▸ 2/2 Move the files', '✗ 2/2 Move the files: No room.']),
  );
});

test('link signs in another device', async () => {
  const { code, stdout } = await choir(['link']).ended;
  expect(code).toBe(0);
  const link = new URL(stdout.trim());
  expect(link.origin).toBe(url);
  const headers = { 'content-type': 'application/json' };
  const signedIn = await fetch(`${url}/api/sign-in`, { method: 'POST', headers, body: JSON.stringify({ code: link.hash.slice(1) }) });
  expect(signedIn.status).toBe(200);
});

test('help names every command', async () => {
  const { code, stdout } = await choir(['--help']).ended;
  expect(code).toBe(0);
  for (const word of [
    'run',
    'plan',
    'apply',
    'status',
    'threads',
    'approve',
    'reject',
    'diff',
    'revert',
    'token create',
    'agents',
    'costs',
  ]) {
    expect(stdout).toContain(`  ${word}`);
  }
});
