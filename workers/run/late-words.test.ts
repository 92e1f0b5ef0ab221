import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { describeAgent } from '#lib/agents/agent-catalog.ts';
import { agentPrograms } from '#lib/agents/agent-programs.ts';
import { answerApproval } from '#lib/approvals/answer-approval.ts';
import { openApprovals } from '#lib/core/state.ts';
import { cancelRun } from '#lib/threads/cancel-run.ts';
import { postMessage } from '#lib/threads/post-message.ts';
import { speakingProgram } from '#tests/agents/speaking-program.ts';
import { stepAgent } from '#tests/agents/step-agent.ts';
import { answersIn, call, calls, hasty, scripted, textOf } from '#tests/models/scripted-model.ts';
import { sayAtTheEnd } from '#tests/say-at-the-end.ts';
import { testWorker } from '#tests/test-worker.ts';
import type { MoveAgent } from '../agents/agent.ts';
import { createModelAgent } from '../agents/model/model-agent.ts';
import { rulesAgent } from '../agents/rules/rules-agent.ts';

const heard: string[] = [];
const bench = await testWorker({
  respond: (request) => {
    heard.push(textOf(request, 'user'));
    const file = answersIn(request) < 2 ? 'one.txt' : 'two.txt';
    return scripted({ answers: [0, 1].flatMap(() => [calls('', call('create_file', { path: file, content: file })), { content: file }]) })(
      request,
    );
  },
});
const terminal = { description: describeAgent('terminal')!, program: agentPrograms.terminal! };
const writer = speakingProgram(`
  const file = text.split(' ').at(-1);
  (await import('node:fs')).writeFileSync(file, file);
  say('Written.');
`);
type Thread = Awaited<ReturnType<typeof bench.open>>;

const read = (thread: Thread, path: string) => readFile(join(thread.tree, path), 'utf8');
const kinds = async (thread: Thread) => (await thread.state()).items.map(({ kind }) => kind);

describe('words that come after the last look of an agent', () => {
  it.each([
    ['rules', rulesAgent, 'Create one.txt with one.txt', 'Create two.txt with two.txt'],
    ['model', createModelAgent({ patience: hasty }), 'Write one.txt', 'Write two.txt'],
    ['terminal', terminal, 'printf one.txt > one.txt', 'printf two.txt > two.txt'],
    ['claude-code', writer, 'Write one.txt', 'Write two.txt'],
  ] as const)('are the next goal for %s', { timeout: 60_000 }, async (agent, by, goal, words) => {
    const thread = await bench.open(by, { agent, goal, mode: 'autonomous', limits: { maxIterations: 50 } });
    sayAtTheEnd(bench.context, thread.threadId, words);
    await thread.work();
    const { run, items } = await thread.state();
    expect(run).toMatchObject({ status: 'queued', goal: words, agent, agentReason: 'same as before', mode: 'autonomous' });
    expect(run?.limits.maxIterations).toBe(50);
    expect(items.slice(-2)).toMatchObject([
      { kind: 'run-ended', status: 'completed' },
      { kind: 'goal', text: words, actor: 'person', userId: expect.any(String), via: 'api' },
    ]);
    expect(items.filter(({ kind }) => kind === 'guidance')).toEqual([]);
    await thread.work();
    expect((await thread.state()).run).toMatchObject({ status: 'completed', goal: words });
    expect([await read(thread, 'one.txt'), await read(thread, 'two.txt')].map((text) => text.trim())).toEqual(['one.txt', 'two.txt']);
  });

  it('are the next goal of a run that failed, too', async () => {
    const thread = await bench.open(rulesAgent, { agent: 'rules', goal: 'Mumble' });
    sayAtTheEnd(bench.context, thread.threadId, 'Create two.txt with 2');
    await thread.work();
    expect(await kinds(thread)).toEqual(['checkpoint', 'goal', 'run-ended', 'goal']);
    await thread.work();
    expect((await thread.state()).run?.status).toBe('completed');
  });
});

describe('words that come while a model says its last', () => {
  it('are heard in the same run, and what it said before is not lost', async () => {
    heard.length = 0;
    const agent = createModelAgent({ patience: hasty });
    let said = false;
    const interrupted: MoveAgent = {
      ...agent,
      async next(view, signal) {
        const move = await agent.next(view, signal);
        if (move.type === 'answer' && move.calls.length === 0 && !said) {
          said = true;
          await postMessage(bench.context, { threadId: thread.threadId, text: 'Write two.txt' });
        }
        return move;
      },
    };
    const thread = await bench.open(interrupted, { agent: 'model', goal: 'Write one.txt' });
    await thread.work();
    const { run, items } = await thread.state();
    expect(run).toMatchObject({ status: 'completed', outcome: 'two.txt', guidance: [{ delivered: true }] });
    expect(items.flatMap((item) => (item.kind === 'message' ? [item.text] : []))).toEqual(['one.txt']);
    expect(heard.at(-1)).toContain('The person says: Write two.txt');
  });
});

describe('words of a person who ends the run', () => {
  const asks = async () => {
    const thread = await bench.open(stepAgent([{ tool: 'create_file', args: { path: 'a', content: '' } }]), { mode: 'plan' });
    await thread.work();
    await postMessage(bench.context, { threadId: thread.threadId, text: 'Begin with the tests' });
    return thread;
  };

  it('are the next goal when they said no to its plan', async () => {
    const thread = await asks();
    const [plan] = openApprovals(await thread.state());
    await answerApproval(bench.context, { approvalId: plan!.approvalId, decision: 'reject', note: '' });
    await thread.work();
    expect((await thread.state()).run).toMatchObject({ status: 'queued', mode: 'plan', goal: 'Begin with the tests' });
  });

  it('are void when they stopped it', async () => {
    const thread = await asks();
    await cancelRun(bench.context, { threadId: thread.threadId });
    expect((await thread.state()).run).toMatchObject({ runId: thread.runId, status: 'cancelled' });
  });
});
