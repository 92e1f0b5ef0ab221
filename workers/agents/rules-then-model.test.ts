import { readdir } from 'node:fs/promises';
import { describe, expect, it } from 'vitest';
import { answerApproval } from '#lib/approvals/answer-approval.ts';
import { openApprovals } from '#lib/core/state.ts';
import { postMessage } from '#lib/threads/post-message.ts';
import type { Respond } from '#tests/models/model-services.ts';
import { call, calls, hasty, scripted, step } from '#tests/models/scripted-model.ts';
import { testWorker } from '#tests/test-worker.ts';
import { createModelAgent } from './model/model-agent.ts';
import { rulesAgent } from './rules/rules-agent.ts';
import { rulesThenModel } from './rules-then-model.ts';

const thinker = scripted({
  plan: [step('m1', 'Think')],
  answers: [calls('', call('update_plan', { finished: [{ step_id: 'm1', status: 'done' }] })), { content: 'Thought.' }],
});
let respond: Respond = thinker;
const bench = await testWorker({ respond: (request) => respond(request) });
const agent = rulesThenModel(rulesAgent, createModelAgent({ patience: hasty }));

async function work(goal: string) {
  const thread = await bench.open(agent, { goal });
  await thread.work();
  return thread;
}

describe('what no rule covers', () => {
  it('goes to the model, and is said to', async () => {
    const state = await (await work('Make this project more delightful')).state();
    expect(state.run).toMatchObject({ agent: 'rules', status: 'completed', outcome: 'Thought.' });
    expect(state.items.flatMap((item) => (item.kind === 'message' ? [item.text] : []))).toEqual([
      'No rule covers all of this, so the model does it.',
    ]);
  });

  it('is said to go to the model also when that needs no plan', async () => {
    respond = scripted({ plan: [], answers: [{ content: 'A garden is a place to grow things.' }] });
    const { items } = await (await work('What is a garden, in your own words?')).state();
    respond = thinker;
    expect(items.flatMap((item) => (item.kind === 'message' ? [item.text] : []))).toEqual([
      'No rule covers all of this, so the model does it.',
    ]);
  });

  it('goes to the model as a whole when the rules cover less than half of it', async () => {
    const { run } = await (await work('Make it shine. Create hello.txt with hello world. Be bold. Astonish us all.')).state();
    expect(run).toMatchObject({ status: 'completed', outcome: 'Thought.', steps: [{ step_id: 'm1', status: 'done' }] });
  });

  it('goes to the model step by step, each in its turn, in one plan', async () => {
    const finish = (step_id: string) => calls('', call('update_plan', { finished: [{ step_id, status: 'done' }] }));
    respond = scripted({ answers: [finish('s2'), finish('s4'), { content: 'All done.' }] });
    const thread = await work('create a.txt with a\nmake it delightful\ncreate b.txt with b\nastonish us all');
    respond = thinker;
    const { run, items } = await thread.state();
    expect(items.flatMap((item) => (item.kind === 'message' ? [item.text] : []))[0]).toBe(
      'No rule covers all of this, so the model does the rest.',
    );
    expect(run?.steps.map(({ title, status }) => [title, status])).toEqual([
      ['Write a.txt', 'done'],
      ['make it delightful', 'done'],
      ['Write b.txt', 'done'],
      ['astonish us all', 'done'],
    ]);
    expect(run).toMatchObject({ status: 'completed', outcome: 'All done.', cost: { calls: 3 } });
    expect((await readdir(thread.tree)).sort()).toEqual(['a.txt', 'b.txt']);
  });

  it('goes to the model when a person says it in the middle of the work', async () => {
    const thread = await work('create a.txt with a, delete a.txt, create b.txt with b');
    const [approval] = openApprovals(await thread.state());
    await postMessage(bench.context, { threadId: thread.threadId, text: 'and be more delightful about it' });
    await answerApproval(bench.context, { approvalId: approval!.approvalId, decision: 'approve' });
    await thread.work();
    const { run } = await thread.state();
    expect(run).toMatchObject({ status: 'completed', outcome: 'Thought.', guidance: [{ delivered: true }] });
    expect(run?.steps.map(({ step_id, status }) => [step_id, status])).toEqual([
      ['s1', 'done'],
      ['m1', 'done'],
    ]);
  });

  it('is little: what the rules understand costs nothing', async () => {
    const thread = await work('create hello.txt with hello world');
    expect((await thread.state()).run).toMatchObject({ status: 'completed', cost: { calls: 0 } });
    expect(await readdir(thread.tree)).toEqual(['hello.txt']);
  });
});
