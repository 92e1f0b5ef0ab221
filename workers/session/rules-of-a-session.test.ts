import { readdir } from 'node:fs/promises';
import { expect, test } from 'vitest';
import { claudeCode, claudeCodeProgram } from '#lib/agents/catalog/claude-code.ts';
import { readEvents } from '#lib/ledger/read-events.ts';
import { addRules } from '#lib/rules/add-rules.ts';
import { agentScript } from '#tests/agent-script.ts';
import { shareInstalledAgents } from '#tests/installed-agents.ts';
import { testWorker } from '#tests/test-worker.ts';

/** No policy can read this one: where it writes is only known when it runs. */
const hidden = 'touch ~/once; d=guar; mkdir "$d"ded && echo x > "$d"ded/file';
const bench = await testWorker({
  respond: agentScript({
    once: [
      { say: 'I write.', run: `[ -e ~/once ] && echo fine > fine.txt || { ${hidden}; }` },
      { say: 'Written.', end: true },
    ],
    ever: [
      { say: 'I write.', run: hidden },
      { say: 'Written.', end: true },
    ],
  }),
});
const agent = { description: claudeCode, program: claudeCodeProgram };
await shareInstalledAgents(bench.context, agent);

async function openGuarded(scenario: string) {
  const thread = await bench.open(agent, { goal: `[[${scenario}]] please`, agent: 'claude-code', judgement: 'turn' });
  await addRules(bench.context, { scope: 'project', scopeId: thread.projectId, text: 'never touch guarded/' });
  return thread;
}

async function typesOf(threadId: string) {
  const types: string[] = [];
  for await (const events of readEvents(bench.context.database, threadId)) types.push(...events.map(({ type }) => type));
  return types;
}

test('a change against a rule that came in through a shell is set aside, and the agent goes on without it', {
  timeout: 120_000,
}, async () => {
  const thread = await openGuarded('once');
  await thread.work();
  const { run, checkpoints } = await thread.state();
  expect(run).toMatchObject({ status: 'waiting', calls: [{ result: { status: 'denied' } }, { result: { status: 'succeeded' } }] });
  expect(run?.approvals).toMatchObject([{ kind: 'turn', action: { effect: { changes: { files: [{ path: 'fine.txt' }] } } } }]);
  expect(await typesOf(thread.threadId)).toContain('rule.enforced');
  expect(checkpoints).toHaveLength(1);
  expect(await readdir(thread.tree)).toEqual([]);
});

test('an agent that breaks a rule again and again is stopped', { timeout: 120_000 }, async () => {
  const thread = await openGuarded('ever');
  await thread.work();
  expect((await thread.state()).run).toMatchObject({ status: 'failed', outcome: expect.stringContaining('started again 3 times') });
  expect(await readdir(thread.tree)).toEqual([]);
});
