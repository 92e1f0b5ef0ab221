import { readdir } from 'node:fs/promises';
import { expect, test } from 'vitest';
import { addRules } from '#lib/rules/add-rules.ts';
import { speakingProgram } from '#tests/speaking-program.ts';
import { talkWith } from '#tests/talk-with.ts';
import { testWorker } from '#tests/test-worker.ts';

/** No policy can read this one: where it writes is only known when it runs. */
const hidden = 'touch ~/once; d=guar; mkdir "$d"ded && echo x > "$d"ded/file';

const bench = await testWorker({ respond: () => ({ content: 'Nobody asks it.' }) });
const { eventsOf } = talkWith(bench);
const timeout = 60_000;

/** A thread that must not touch `guarded/`, whose agent runs a command and is judged by the turn. */
async function openGuarded(command: string) {
  const agent = speakingProgram(`
    const call = { toolCallId: 'write', kind: 'execute', rawInput: { command: ${JSON.stringify(command)} } };
    await ask('q', call);
    process.getBuiltinModule('node:child_process').spawnSync('bash', ['-c', call.rawInput.command]);
    update('tool_call_update', { toolCallId: 'write', status: 'completed' });
    say('Written.');`);
  const thread = await bench.open(agent, { agent: 'claude-code', judgement: 'turn' });
  await addRules(bench.context, { scope: 'project', scopeId: thread.projectId, text: 'never touch guarded/' });
  return thread;
}

test('a change against a rule that came in through a shell is set aside, and the agent goes on without it', { timeout }, async () => {
  const thread = await openGuarded(`[ -e ~/once ] && echo fine > fine.txt || { ${hidden}; }`);
  await thread.work();
  const { run, checkpoints } = await thread.state();
  expect(run).toMatchObject({ status: 'waiting', calls: [{ result: { status: 'denied' } }, { result: { status: 'succeeded' } }] });
  expect(run?.approvals).toMatchObject([{ kind: 'turn', action: { effect: { changes: { files: [{ path: 'fine.txt' }] } } } }]);
  expect(await eventsOf(thread, 'rule.enforced')).toHaveLength(1);
  expect(checkpoints).toHaveLength(1);
  expect(await readdir(thread.tree)).toEqual([]);
});

test('an agent that breaks a rule again and again is stopped', { timeout }, async () => {
  const thread = await openGuarded(hidden);
  await thread.work();
  expect((await thread.state()).run).toMatchObject({ status: 'failed', outcome: expect.stringContaining('started again 3 times') });
  expect(await eventsOf(thread, 'rule.enforced')).toHaveLength(4);
  expect(await readdir(thread.tree)).toEqual([]);
});
