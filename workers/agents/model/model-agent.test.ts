import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { ChatCompletionRequest } from '@copilotkit/aimock';
import { describe, expect, it } from 'vitest';
import { answerApproval } from '#lib/approvals/answer-approval.ts';
import { openApprovals } from '#lib/core/state.ts';
import type { Respond } from '#tests/model-services.ts';
import { call, calls, hasty, scripted, step } from '#tests/scripted-model.ts';
import { testWorker } from '#tests/test-worker.ts';
import { createModelAgent } from './model-agent.ts';

let respond: Respond = () => ({ content: 'Done.' });
const seen: ChatCompletionRequest[] = [];
const bench = await testWorker({
  respond: (request) => {
    seen.push(request);
    return respond(request);
  },
});

const goal = 'Write hello.txt and count its words';
const work = scripted({
  plan: [step('s1', 'Write hello.txt'), step('s2', 'Count the words', { kind: 'command', depends_on: ['s1'] })],
  answers: [
    calls('I write the file.', call('create_file', { path: 'hello.txt', content: 'hello big world\n' })),
    calls(
      'Now I count.',
      call('update_plan', { finished: [{ step_id: 's1', status: 'done', note: 'Written' }] }),
      call('run_command', { command: 'wc -w < hello.txt | tee count.txt; rm hello.txt' }),
    ),
    calls('', call('update_plan', { finished: [{ step_id: 's2', status: 'done', note: 'Three words' }] })),
    { content: 'hello.txt has three words.' },
  ],
});

describe('the model agent', () => {
  it.each([
    ['Anthropic Messages', 'anthropic/claude-sonnet-5-5', createModelAgent({ patience: hasty })],
    ['OpenAI Responses', 'openai/gpt-5.6', createModelAgent({ patience: hasty })],
    ['OpenAI Chat Completions', 'openai/local-model', createModelAgent({ patience: hasty, openAi: 'chat' })],
    ['Google', 'google/gemini-3.8-flash', createModelAgent({ patience: hasty })],
  ])('plans, works, asks, and ends over %s', async (_, model, agent) => {
    respond = work;
    const thread = await bench.open(agent, { goal, agent: 'model', model });
    await thread.work();
    const [approval] = openApprovals(await thread.state());
    expect(approval).toMatchObject({ kind: 'effect', action: { call: { tool: 'run_command' } } });
    await answerApproval(bench.context, { approvalId: approval!.approvalId, decision: 'approve', note: '' });
    await thread.work();
    const { run, items } = await thread.state();
    expect(run).toMatchObject({ status: 'completed', outcome: 'hello.txt has three words.' });
    expect(run?.steps.map(({ status, note }) => [status, note])).toEqual([
      ['done', 'Written'],
      ['done', 'Three words'],
    ]);
    expect(run?.calls.map(({ stepId, call: { tool } }) => [stepId, tool])).toEqual([
      ['s1', 'create_file'],
      ['s2', 'run_command'],
    ]);
    expect(items.flatMap((item) => (item.kind === 'message' ? [item.text] : []))).toEqual(['I write the file.', 'Now I count.']);
    expect(run?.cost.calls).toBe(5);
    expect(await readdir(thread.tree)).toEqual(['count.txt']);
    expect((await readFile(join(thread.tree, 'count.txt'), 'utf8')).trim()).toBe('3');
  });
});
