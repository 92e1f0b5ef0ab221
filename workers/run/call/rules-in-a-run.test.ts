import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { answerApproval } from '#lib/approvals/answer-approval.ts';
import { diffThread } from '#lib/checkpoints/diff-thread.ts';
import { readFileAt } from '#lib/git/objects/read-commit-file.ts';
import { parkedRef, readRef } from '#lib/git/store/refs.ts';
import { createProject } from '#lib/projects/create-project.ts';
import { addRules } from '#lib/rules/add-rules.ts';
import { listRules } from '#lib/rules/list-rules.ts';
import { endlessHost } from '#tests/agents/endless-host.ts';
import { stepAgent } from '#tests/agents/step-agent.ts';
import { create as createFile, runBench, shell } from '#tests/run-bench.ts';

const bench = await runBench();
const host = await endlessHost();
const { context, onlyApproval } = bench;

const create = (path: string, content = `${path}\n`) => createFile(path, content);

type Thread = Awaited<ReturnType<typeof bench.open>>;
const rule = (thread: Thread, text: string) => addRules(context, { text, scope: 'thread', scopeId: thread.threadId });
const calls = async (thread: Thread) => (await thread.state()).run?.calls ?? [];
const approve = (approvalId: string, more: object = {}) => answerApproval(context, { approvalId, decision: 'approve', ...more });

describe('a rule in a run', () => {
  it('stops a tool before it acts, and one that was set while the run waits holds too', async () => {
    const thread = await bench.open(stepAgent([create('a.txt'), shell('rm a.txt'), create('migrations/1.sql'), create('b.txt')]));
    await thread.work();
    await rule(thread, 'never touch migrations/');
    await approve((await onlyApproval(thread)).approvalId);
    await thread.work();
    const state = await thread.state();
    expect(state.run?.calls.map(({ result }) => result?.status)).toEqual(['succeeded', 'succeeded', 'denied', 'succeeded']);
    expect(state.run?.calls[2]?.result?.error).toBe('The rule “never touch migrations/” forbids this.');
    expect(await readdir(thread.tree)).toEqual(['b.txt']);
    expect((await listRules(context, { threadId: thread.threadId }))[0]).toMatchObject({ spoken: 1, where: 'in the thread “Do it”' });
  });

  it('finds a change that came in through a shell, keeps nothing of it, sets it aside and tells the agent', async () => {
    const hidden = 'echo ok > a.txt; mkdir "d b"; printf x > "d b/1.s"ql; mv "d b" Migrations; echo done';
    const thread = await bench.open(stepAgent([shell(hidden), create('c.txt')]));
    await rule(thread, "never touch migrations/, don't delete anything");
    await thread.work();
    const { run, items, projectId } = await thread.state();
    expect(run?.status).toBe('completed');
    expect(run?.calls[0]?.result).toMatchObject({ status: 'denied', stdout: 'done\n', error: expect.stringContaining('Migrations/1.sql') });
    expect(await readdir(thread.tree)).toEqual(['c.txt']);
    expect(items).toContainEqual(
      expect.objectContaining({
        kind: 'notice',
        tone: 'warn',
        text: 'Not kept, by the rule “never touch migrations/”',
        details: expect.arrayContaining(['Migrations/1.sql']),
      }),
    );
    const store = bench.home.store(projectId);
    const parked = (await readRef({ store, ref: parkedRef(thread.threadId, run?.calls[0]?.callId ?? '') })) ?? '';
    const kept = await readFileAt({ store, commit: parked, path: 'Migrations/1.sql' });
    expect(Buffer.from(kept?.bytes ?? []).toString()).toBe('x');
    expect(await diffThread(context, { threadId: thread.threadId, to: parked.slice(0, 12) })).toContain('+++ b/Migrations/1.sql\n');
  });

  it('asks for what it wants asked: by the effect for paths, before it runs for commands', async () => {
    const thread = await bench.open(stepAgent([create('keep/a.txt'), shell('cat keep/a.txt')]), { mode: 'autonomous' });
    await rule(thread, 'ask before changing keep/ or running cat');
    await thread.work();
    const effect = await onlyApproval(thread);
    expect(effect).toMatchObject({ kind: 'effect', reason: expect.stringContaining('ask before changing keep/') });
    await approve(effect.approvalId);
    await thread.work();
    const action = await onlyApproval(thread);
    expect(action).toMatchObject({ kind: 'action', action: { network: false, call: { tool: 'run_command' } } });
    expect((await calls(thread)).at(-1)?.status).toBe('waiting');
    await expect(approve(action.approvalId, { remember: 'thread' })).rejects.toThrow(/asks every time/);
    await approve(action.approvalId);
    await thread.work();
    const state = await thread.state();
    expect(state.run).toMatchObject({ status: 'completed', approvals: [{}, { executed: { outcome: 'It ran and ended well' } }] });
    expect(state.run?.calls.at(-1)?.result?.stdout).toBe('keep/a.txt\n');
  });

  it('finds a command in a script of the project, also in one that a dry run has just made', async () => {
    const manifest = create('package.json', '{"scripts":{"deploy":"bash deploy.sh"}}');
    const steps = [manifest, create('deploy.sh', 'npm whoami\n'), shell('npm run deploy')];
    for (const dryRun of [false, true]) {
      const thread = await bench.open(stepAgent(steps), { dryRun });
      await rule(thread, 'never run npm whoami');
      await thread.work();
      const last = (await calls(thread)).at(-1);
      expect(last?.result).toMatchObject({ status: 'denied', error: 'The rule “never run npm whoami” forbids what stands in deploy.sh.' });
    }
  });

  it('beats a yes that came before it, and the network that the project may use', async () => {
    const thread = await bench.open(stepAgent([shell('curl http://example.org/'), create('a.txt')]));
    await thread.work();
    const { approvalId } = await onlyApproval(thread);
    await rule(thread, 'no network');
    await approve(approvalId);
    await thread.work();
    const state = await thread.state();
    expect(state.run?.calls.map(({ result }) => result?.status)).toEqual(['denied', 'succeeded']);
    expect(state.run?.approvals[0]?.executed?.outcome).toContain('no network');
  });

  it('closes the network of a command that runs', async () => {
    const thread = await bench.open(stepAgent([shell(host.command), create('a.txt')]));
    await thread.work();
    await approve((await onlyApproval(thread)).approvalId);
    const working = thread.work();
    const { gone } = await host.nextAsked();
    await addRules(context, { text: 'no network', scope: 'project', scopeId: thread.projectId });
    await gone;
    await working;
    expect((await calls(thread)).map(({ result }) => result?.stdout)).toEqual(['begun\ncut off\n', '']);
  });

  it('keeps nothing of an effect that was approved when a rule against it came meanwhile', async () => {
    const thread = await bench.open(stepAgent([create('a.txt'), shell('rm a.txt')]));
    await thread.work();
    const { approvalId } = await onlyApproval(thread);
    await rule(thread, 'never delete a.txt');
    await approve(approvalId);
    await thread.work();
    expect((await calls(thread))[1]?.result?.status).toBe('denied');
    expect(await readdir(thread.tree)).toEqual(['a.txt']);
  });

  it('keeps a dry run out as a whole', async () => {
    const thread = await bench.open(stepAgent([create('a.txt'), shell('echo x > package.json')]), { dryRun: true });
    await rule(thread, 'no new dependencies');
    await thread.work();
    const { run } = await thread.state();
    expect(run).toMatchObject({ status: 'failed', outcome: expect.stringContaining('package.json') });
    expect(await readdir(thread.tree)).toEqual([]);
  });

  it('asks before the files go back to where a rule could forbid it', async () => {
    const thread = await bench.open(stepAgent([create('a.txt'), { tool: 'revert_checkpoint', args: { checkpoint: '0' } }]));
    await rule(thread, 'never touch a/');
    await thread.work();
    expect(await onlyApproval(thread)).toMatchObject({ kind: 'action' });
    expect(await readdir(thread.tree)).toEqual(['a.txt']);
  });

  it('finds a protected file by whatever name and way it is reached', async () => {
    const ways = [
      'ln db/migrations/1.sql hard; echo x > hard',
      'ln -s db/migrations soft; echo x > soft/1.sql',
      'cd db; cd ./migrations/../migrations/; echo x > 2.sql',
      'echo x > /proc/self/cwd/db/migrations/1.sql',
      'exec 3<> db/migrations/1.sql; echo x >&3',
      'chmod +x db/migrations/1.sql',
      'mkdir db/migrations/empty',
      'rm -r db',
      'mv db moved',
      'mv db/migrations db/Migrations',
      'mv db/migrations db/other; ln -s other db/migrations',
      'mkdir -p .git new/.git/migrations; echo x > new/.git/migrations/a',
    ];
    const made = shell('mkdir -p db/migrations; echo 1 > db/migrations/1.sql; echo a > a.txt');
    const agent = stepAgent([made, shell('cat a.txt'), ...ways.map(shell), shell('echo b > a.txt')]);
    const thread = await bench.open(agent, { mode: 'autonomous' });
    await rule(thread, 'ask before running cat a.txt');
    await thread.work();
    await rule(thread, 'never touch migrations/');
    await approve((await onlyApproval(thread)).approvalId);
    await thread.work();
    const results = (await calls(thread))
      .slice(2)
      .map(({ call, result }) => [call.tool === 'run_command' && call.args.command, result?.status]);
    expect(results).toEqual([...ways.map((way) => [way, 'denied']), ['echo b > a.txt', 'succeeded']]);
    expect((await readdir(thread.tree)).sort()).toEqual(['a.txt', 'db']);
  });

  it('keeps what no checkpoint holds, alone or with the folder around it', async () => {
    const made = shell('mkdir -p sub/.git && echo x > sub/.git/config && echo y > sub/a.txt');
    const agent = stepAgent([made, shell('cat sub/a.txt'), shell('rm -r sub/.git'), shell('rm -r sub'), create('b.txt')]);
    const thread = await bench.open(agent, { mode: 'autonomous' });
    await rule(thread, 'ask before running cat');
    await thread.work();
    await rule(thread, 'never delete sub/.git');
    await approve((await onlyApproval(thread)).approvalId);
    await thread.work();
    const results = (await calls(thread)).map(({ result }) => result?.status);
    expect(results).toEqual(['succeeded', 'succeeded', 'denied', 'denied', 'succeeded']);
    expect((await readdir(join(thread.tree, 'sub'))).sort()).toEqual(['.git', 'a.txt']);
  });

  it('holds for its own place only', async () => {
    const { id } = await createProject(context, { name: 'Other', from: { template: 'blank' } });
    await addRules(context, { text: 'read only', scope: 'project', scopeId: id });
    const here = await bench.open(stepAgent([create('a.txt')]));
    const there = await bench.open(stepAgent([create('a.txt')]), { projectId: id });
    await Promise.all([here.work(), there.work()]);
    expect((await calls(here))[0]?.result?.status).toBe('succeeded');
    expect((await calls(there))[0]?.result?.status).toBe('denied');
  });
});

describe('a yes that is remembered', () => {
  const ask = 'curl  -s "http://no-such-host.invalid/"';

  it('lets exactly this action run unasked, in its thread', async () => {
    const thread = await bench.open(stepAgent([shell(ask), shell("curl -s 'http://no-such-host.invalid/'"), shell(`${ask} -v`)]));
    await thread.work();
    await approve((await onlyApproval(thread)).approvalId, { remember: 'thread' });
    await thread.work();
    const [first, second, third] = await calls(thread);
    expect([first?.result?.status, second?.result?.status, third?.status]).toEqual(['succeeded', 'succeeded', 'waiting']);
    expect(second).toMatchObject({ network: true });
    expect(await listRules(context, { threadId: thread.threadId })).toMatchObject([
      {
        ...{ effect: 'allow', source: 'remembered', matches: [{ on: 'action', agent: 'rules' }] },
        sentence: `Let Rules run \`${ask}\`, exactly so, without asking.`,
      },
    ]);
    const elsewhere = await bench.open(stepAgent([shell(ask)]), { projectId: thread.projectId });
    await elsewhere.work();
    expect(await onlyApproval(elsewhere)).toMatchObject({ kind: 'outside' });
  });

  it('makes no sense for what happens once, or with a no', async () => {
    const thread = await bench.open(stepAgent([create('a.txt'), shell('rm a.txt')]));
    await thread.work();
    const { approvalId } = await onlyApproval(thread);
    await expect(approve(approvalId, { remember: 'run' })).rejects.toThrow(/happens once/);
    await expect(answerApproval(context, { approvalId, decision: 'reject', remember: 'run' })).rejects.toThrow(/Only a yes/);
  });
});
