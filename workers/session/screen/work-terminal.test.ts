import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import { addRules } from '#lib/rules/add-rules.ts';
import { cancelRun } from '#lib/threads/cancel-run.ts';
import { postMessage } from '#lib/threads/post-message.ts';
import { endlessHost } from '#tests/agents/endless-host.ts';
import { terminalThreads } from '#tests/agents/terminal-threads.ts';
import { hold, letGo, programsIn, untilHeld } from '#tests/held-commands.ts';

const host = await endlessHost();
const { bench, open, read, onlyApproval, answer, eventsOf } = await terminalThreads();

// Mostly they wait for a screen to stand still.
describe('a program in a terminal', { timeout: 240_000, concurrent: true }, () => {
  test('is typed the lines of the goal, and what it printed is told when it is ready for more', async () => {
    const thread = await open('$ python3 -i\nprint(6 * 7)\nopen("six.txt", "w").write("seven")');
    await thread.work();
    const { run, checkpoints } = await thread.state();
    expect(run).toMatchObject({
      status: 'completed',
      session: { ended: 'done', restarts: 0 },
      calls: [{ call: { args: { command: 'python3 -i' } }, result: { status: 'succeeded', returncode: null } }],
    });
    expect(run?.outcome).toContain('>>> print(6 * 7)\n42\n');
    expect(checkpoints.at(-1)?.changes.files.map(({ path }) => path)).toEqual(['six.txt']);
    expect(await read(thread, 'six.txt')).toBe('seven');
    expect(await programsIn(thread.threadId)).toEqual([]);
  });

  test('that falls is started again in the same terminal, counted, told everything again, and given up after three times', async () => {
    const thread = await open('test -e twice && exec python3 -i; touch $([ -e once ] && echo twice || echo once); kill -9 $$\nprint("up")');
    await thread.work();
    expect((await thread.state()).run).toMatchObject({
      status: 'completed',
      session: { restarts: 2 },
      outcome: expect.stringContaining('up'),
    });
    expect((await eventsOf(thread, 'session.ended')).map(({ data }) => data.reason)).toEqual(['crashed', 'crashed', 'done']);
    const [first, ...others] = await eventsOf(thread, 'session.started');
    expect(others.map(({ data }) => data)).toMatchObject(others.map(() => ({ sessionId: first?.data.sessionId, how: 'restarted' })));

    const hopeless = await open('kill -9 $$');
    await hopeless.work();
    expect((await hopeless.state()).run).toMatchObject({ status: 'failed', outcome: expect.stringContaining('started again 3 times') });
    expect(await programsIn(hopeless.threadId)).toEqual([]);
  });

  test('reaches nothing more when a rule against it comes', async () => {
    const thread = await open(host.command);
    await thread.work();
    const answered = answer(thread, 'approve');
    const { gone } = await host.nextAsked();
    await addRules(bench.context, { scope: 'project', scopeId: thread.projectId, text: 'no network' });
    await gone;
    await answered;
    expect((await thread.state()).run).toMatchObject({ status: 'completed', outcome: expect.stringContaining('begun\ncut off') });
  });

  test('is taken up by the next worker where its screen stands', async ({ expect }) => {
    const thread = await open('node ask.cjs');
    const died = new AbortController();
    const working = thread.work(died.signal);
    await expect.poll(async () => (await thread.state()).run?.session?.sessionId).toBeTruthy();
    died.abort(new Error('The worker died.'));
    await working.catch(() => {});
    await thread.work();
    await answer(thread, 'modify', 'Ada');
    await answer(thread, 'modify', 'y');
    expect((await thread.state()).run).toMatchObject({ status: 'completed', session: { restarts: 0 } });
    expect(await read(thread, 'twice.txt')).toBe('AdaAda');
  });

  test('hears words that come while it works, and each turn is a checkpoint', async ({ signal }) => {
    const held = hold();
    const thread = await open(`python3 -i\nimport os; open("one.txt", "w").write("1"); os.system("${held}; true")`);
    const working = thread.work();
    await untilHeld(held, working, signal);
    await postMessage(bench.context, { threadId: thread.threadId, text: 'open("two.txt", "w").write("2")' });
    await letGo(held);
    await working;
    const { run, checkpoints } = await thread.state();
    expect(run).toMatchObject({ status: 'completed', guidance: [{ delivered: true }] });
    expect(checkpoints.slice(-2).map(({ changes }) => changes.files.map(({ path }) => path))).toEqual([['one.txt'], ['two.txt']]);
    expect(await eventsOf(thread, 'message.posted')).toHaveLength(2);
  });

  test('that ends before words could be typed makes no command of them', async ({ signal }) => {
    const held = hold();
    const thread = await open(`${held}; true`);
    const working = thread.work();
    await untilHeld(held, working, signal);
    await postMessage(bench.context, { threadId: thread.threadId, text: 'touch typed.txt' });
    await letGo(held);
    await working;
    expect((await thread.state()).run).toMatchObject({ runId: thread.runId, status: 'completed', guidance: [{ delivered: true }] });
    expect((await eventsOf(thread, 'message.posted')).map(({ data }) => data.text)).toContain(
      'The program had ended before this could be typed:\n\n> touch typed.txt',
    );
  });

  test('is judged like any command: denied, or asked for before it starts', async () => {
    const denied = await open('rm -rf / --no-preserve-root');
    await denied.work();
    expect((await denied.state()).run).toMatchObject({ status: 'failed', session: null, calls: [{ result: { status: 'denied' } }] });

    const outside = await open('curl -sm 1 https://example.invalid; touch tried.txt');
    await outside.work();
    expect(await onlyApproval(outside)).toMatchObject({ kind: 'outside', action: { network: true, call: { tool: 'run_command' } } });
    expect((await outside.state()).run?.session).toBeNull();
    await answer(outside, 'approve');
    expect((await outside.state()).run).toMatchObject({ status: 'completed', approvals: [{ executed: { outcome: 'Started' } }] });
    expect(existsSync(join(outside.tree, 'tried.txt'))).toBe(true);

    const refused = await open('curl -sm 1 https://example.invalid; touch tried.txt');
    await refused.work();
    await answer(refused, 'reject');
    expect((await refused.state()).run).toMatchObject({ status: 'completed', session: null, calls: [{ result: { status: 'rejected' } }] });
  });

  test('deletes nothing for good unasked, and nothing against a rule', async () => {
    const thread = await open('bash --norc\nrm kept.txt');
    await thread.work();
    expect(await onlyApproval(thread)).toMatchObject({ kind: 'turn', action: { effect: { changes: { deletedCount: 1 } } } });
    await answer(thread, 'reject');
    expect((await thread.state()).run).toMatchObject({ approvals: [{ executed: { outcome: 'Nothing was kept' } }] });
    expect(await read(thread, 'kept.txt')).toBe('kept\n');

    await addRules(bench.context, { scope: 'thread', scopeId: thread.threadId, text: 'never touch migrations/' });
    await postMessage(bench.context, {
      threadId: thread.threadId,
      text: 'bash --norc\nmkdir migrations && touch migrations/1.sql',
      agent: 'terminal',
    });
    await thread.work();
    expect(await eventsOf(thread, 'rule.enforced')).toHaveLength(1);
    expect(existsSync(join(thread.tree, 'migrations'))).toBe(false);
  });

  test('is cancelled with all it started', async ({ expect }) => {
    const mark = `choir-${crypto.randomUUID()}`;
    const thread = await open(`sleep 300 & sleep 301; echo ${mark}`);
    const working = thread.work();
    await expect.poll(() => programsIn(mark)).not.toEqual([]);
    await cancelRun(bench.context, { threadId: thread.threadId });
    expect(await programsIn(mark)).toEqual([]);
    await working;
    expect((await thread.state()).run?.status).toBe('cancelled');
  });

  test('runs only once the plan is agreed to, where the person wants one', async () => {
    const thread = await open('touch planned.txt', { mode: 'plan' });
    await thread.work();
    expect(await onlyApproval(thread)).toMatchObject({
      kind: 'plan',
      action: { steps: [{ title: 'Run in a terminal: touch planned.txt' }] },
    });
    await answer(thread, 'approve');
    expect((await thread.state()).run?.status).toBe('completed');
    expect(existsSync(join(thread.tree, 'planned.txt'))).toBe(true);
  });
});

// One at a time: these park or take whatever run waits.
describe('a program in a terminal, among all runs', { timeout: 240_000 }, () => {
  test('hears each line once, although its worker is killed while it works', async ({ expect, signal }) => {
    const held = hold();
    const thread = await open(
      `python3 -i\nopen("log.txt", "a").write("one "); import os; os.system("${held}; true")\nopen("log.txt", "a").write("two")`,
    );
    const main = fileURLToPath(new URL('../../main.ts', import.meta.url));
    const worker = spawn(process.execPath, [main], { env: { ...process.env, ...bench.environment }, stdio: 'ignore' });
    const exited = once(worker, 'exit');
    await untilHeld(held, exited, signal);
    worker.kill('SIGKILL');
    await exited;
    await letGo(held);
    const takenUp = async () => {
      await thread.work();
      return (await thread.state()).run?.status;
    };
    await expect.poll(takenUp, { timeout: 30_000 }).toBe('completed');
    expect((await thread.state()).run).toMatchObject({ session: { restarts: 0 } });
    expect(await read(thread, 'log.txt')).toBe('one two');
  });
});
