import { describe, expect, test } from 'vitest';
import { answerApproval } from '#lib/approvals/answer-approval.ts';
import { speakingProgram } from '#tests/agents/speaking-program.ts';
import { talkWith } from '#tests/agents/talk-with.ts';
import { testWorker } from '#tests/test-worker.ts';
import type { TerminalAgent } from '#workers/agents/agent.ts';

const bench = await testWorker({ respond: () => ({ content: 'Nobody asks it.' }) });
const { answer, eventsOf, onlyApproval } = talkWith(bench);
const timeout = 60_000;

test('what the person says with a yes is heard once the call is over, once, and shown so', { timeout }, async () => {
  const agent = speakingProgram(`
    if (text.includes('The person says')) return say('Heard: ' + text);
    await ask('q', { toolCallId: 'look', kind: 'execute', rawInput: { command: 'curl -sm 1 https://example.invalid' } });
    update('tool_call_update', { toolCallId: 'look', status: 'completed' });
    say('Looked.');`);
  const thread = await bench.open(agent, { agent: 'claude-code' });
  await thread.work();
  const { approvalId } = await onlyApproval(thread);
  await answer(thread, 'approve', 'Only this time');
  const { run, items } = await thread.state();
  expect(run).toMatchObject({ status: 'completed', calls: [{ result: { status: 'succeeded' } }] });
  expect(items.filter(({ kind }) => kind === 'guidance')).toMatchObject([{ text: 'Only this time', approvalId, delivered: true }]);
  const said = (await eventsOf(thread, 'message.posted')).map(({ data }) => data.text);
  expect(said.filter((text) => text.includes('Only this time'))).toEqual(['Heard: The person says:\nOnly this time']);
});

describe('the same act, refused again and again, ends the run', { timeout }, () => {
  const asking = (command: string) =>
    `await ask(crypto.randomUUID(), { toolCallId: crypto.randomUUID(), kind: 'execute', rawInput: { command: '${command}' } });`;
  const endingTurns = (agent: TerminalAgent): TerminalAgent => {
    const { program } = agent;
    if (program.protocol.kind !== 'acp') throw new Error('Only these have turns.');
    return { ...agent, program: { ...program, protocol: { ...program.protocol, onReject: 'ends-turn' } } };
  };
  const outcome = expect.stringContaining('asked for the same 5 times and was told no each time');

  test.each([
    ['with a turn for each', endingTurns(speakingProgram(asking('rm -rf / --no-preserve-root')))],
    ['in one turn', speakingProgram(`for (;;) ${asking('rm -rf / --no-preserve-root')}`)],
  ])('by a rule, %s', async (_, agent) => {
    const thread = await bench.open(agent, { agent: 'claude-code' });
    await thread.work();
    const { run } = await thread.state();
    expect(run).toMatchObject({ status: 'failed', outcome });
    expect(run?.calls.map(({ result }) => result?.status)).toEqual(Array(5).fill('denied'));
  });

  test('by the person', async () => {
    const thread = await bench.open(speakingProgram(`for (;;) ${asking('curl https://example.invalid')}`), { agent: 'claude-code' });
    await thread.work();
    for (let round = 1; round <= 5; round += 1) {
      const { approvalId } = await onlyApproval(thread);
      await answerApproval(bench.context, { approvalId, decision: 'reject' });
      await thread.work();
    }
    expect((await thread.state()).run).toMatchObject({ status: 'failed', outcome });
  });
});
