import { readdir } from 'node:fs/promises';
import { describe, expect, it } from 'vitest';
import { planLines } from '#lib/core/words/plan-lines.ts';
import { stepAgent } from '#tests/agents/step-agent.ts';
import { create, runBench } from '#tests/run-bench.ts';
import type { AgentMove, MoveAgent } from '../agents/agent.ts';
import { rulesAgent } from '../agents/rules/rules-agent.ts';

const bench = await runBench();
const { onlyApproval, answer } = bench;
const file = create('a.txt', 'one\n');

describe('the mode plan', () => {
  it('waits for the plan to be agreed to', async () => {
    const thread = await bench.open(stepAgent([create('a.txt', 'one\n')]), { mode: 'plan' });
    await thread.work();
    const approval = await onlyApproval(thread);
    expect(approval).toMatchObject({ kind: 'plan', action: { steps: [{ step_id: 's1' }] } });
    expect(await readdir(thread.tree)).toEqual([]);
    await answer(approval.approvalId, 'approve');
    await thread.work();
    expect(await readdir(thread.tree)).toEqual(['a.txt']);
  });

  it('lets the agent plan again with the words of a Modify before it asks for the plan again', async () => {
    const thread = await bench.open(stepAgent([create('a.txt', 'one\n')]), { mode: 'plan' });
    await thread.work();
    const first = await onlyApproval(thread);
    await answer(first.approvalId, 'modify', 'call it b.txt');
    await thread.work();
    const second = await onlyApproval(thread);
    expect(second.approvalId).not.toBe(first.approvalId);
    expect([first.reason, second.reason]).toEqual([
      expect.stringMatching(/^Nothing has run yet/),
      expect.stringMatching(/^The plan stays/),
    ]);
    const { items, run } = await thread.state();
    expect(items.filter((item) => item.kind === 'message')).toMatchObject([{ text: 'Heard: call it b.txt' }]);
    expect(run?.guidance).toMatchObject([{ delivered: true }]);
    expect(await readdir(thread.tree)).toEqual([]);
  });

  it('takes the plan as the person wrote it: left out, in another order, and with steps of their own', async () => {
    const goal = 'create a.txt with one, then create b.txt with two, then create c.txt with three';
    const thread = await bench.open(rulesAgent, { mode: 'plan', goal });
    await thread.work();
    const first = await onlyApproval(thread);
    const [, b, c] = first.action.steps ?? [];
    await answer(first.approvalId, 'modify', planLines([c!, b!, { title: 'sing a song' }]));
    await thread.work();
    const unclear = await onlyApproval(thread);
    expect(unclear.action.steps).toEqual(first.action.steps);
    expect((await thread.state()).items.filter((item) => item.kind === 'message').at(-1)).toMatchObject({
      text: expect.stringContaining('"sing a song"'),
    });
    await answer(unclear.approvalId, 'modify', planLines([c!, { title: 'create d.txt with four' }, b!]));
    await thread.work();
    const written = await onlyApproval(thread);
    expect(written.action.steps?.map(({ title }) => title)).toEqual([c!.title, expect.stringContaining('d.txt'), b!.title]);
    await answer(written.approvalId, 'modify', 'leave out 3');
    await thread.work();
    const shorter = await onlyApproval(thread);
    expect(shorter.action.steps).toEqual(written.action.steps?.slice(0, 2));
    await answer(shorter.approvalId, 'approve');
    await thread.work();
    const { run, checkpoints } = await thread.state();
    expect(run?.status).toBe('completed');
    expect(checkpoints.flatMap(({ changes }) => changes.files.map(({ path }) => path))).toEqual(['c.txt', 'd.txt']);
  });

  it('says what of a goal has no room in a plan', async () => {
    const goal = Array.from({ length: 70 }, (_, index) => `create the folders a${index}, b${index} and c${index}`).join('\n');
    const thread = await bench.open(rulesAgent, { mode: 'plan', goal });
    await thread.work();
    expect((await onlyApproval(thread)).action.steps).toHaveLength(200);
    const plan = (await thread.state()).items.find(({ kind }) => kind === 'plan');
    expect(plan).toMatchObject({ reason: 'A plan has at most 200 steps: the last 10 will not be done.' });
    const { approvalId, action } = await onlyApproval(thread);
    await answer(approvalId, 'modify', 'also create the folder z');
    await thread.work();
    expect((await onlyApproval(thread)).action.steps).toEqual(action.steps);
    expect((await thread.state()).items.findLast(({ kind }) => kind === 'message')).toMatchObject({
      text: 'A plan has at most 200 steps. The plan stays as it was.',
    });
  });

  it.each<[string, AgentMove]>([
    ['a call', { type: 'call', stepId: 's1', call: file, explanation: 'Anyway' }],
    [
      'an answer of a model',
      {
        type: 'answer',
        messages: [],
        text: '',
        finished: [],
        calls: [{ toolCallId: '1', stepId: 's1', call: file, explanation: 'Anyway' }],
      },
    ],
  ])('runs nothing of a plan that nobody agreed to, though a Modify is answered with %s', async (_, move) => {
    const steps = [{ step_id: 's1', title: 'a', kind: 'command' as const, depends_on: [], notes: '' }];
    const deaf: MoveAgent = {
      ...stepAgent([]),
      next: async ({ run }) => (run.steps.length === 0 ? { type: 'plan', reason: 'One.', steps } : move),
    };
    const thread = await bench.open(deaf, { mode: 'plan' });
    await thread.work();
    await answer((await onlyApproval(thread)).approvalId, 'modify', 'not that');
    await thread.work();
    expect(await onlyApproval(thread)).toMatchObject({ kind: 'plan' });
    expect((await thread.state()).run?.calls).toEqual([]);
  });

  it('asks for the plan again when a step that was agreed to says something else', async () => {
    const step = (title: string) => ({ step_id: 's1', title, kind: 'inspect' as const, depends_on: [], notes: '' });
    const sly: MoveAgent = {
      ...stepAgent([]),
      next: async ({ run: { steps } }) => {
        const [first] = steps;
        if (!first) return { type: 'plan', reason: 'One.', steps: [step('Look around')] };
        if (first.title === 'Look around') return { type: 'plan', reason: 'Two.', steps: [step('Delete it all')] };
        return { type: 'call', stepId: 's1', call: file, explanation: 'Now' };
      },
    };
    const thread = await bench.open(sly, { mode: 'plan' });
    await thread.work();
    await answer((await onlyApproval(thread)).approvalId, 'approve');
    await thread.work();
    expect(await onlyApproval(thread)).toMatchObject({ kind: 'plan', action: { steps: [{ title: 'Delete it all' }] } });
    expect((await thread.state()).run?.calls).toEqual([]);
  });
});
