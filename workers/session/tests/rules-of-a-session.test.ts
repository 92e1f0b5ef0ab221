import { readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { answerApproval } from '#lib/approvals/answer-approval.ts';
import { diffThreadFiles } from '#lib/checkpoints/diff-thread.ts';
import { saveFile } from '#lib/files/save-file.ts';
import { threadBranch } from '#lib/git/store/refs.ts';
import { addRules } from '#lib/rules/add-rules.ts';
import { postMessage } from '#lib/threads/post-message.ts';
import { endlessHost } from '#tests/agents/endless-host.ts';
import { speakingProgram } from '#tests/agents/speaking-program.ts';
import { talkWith } from '#tests/agents/talk-with.ts';
import { testWorker } from '#tests/test-worker.ts';
import { parkSessions } from '#workers/session/program/park-sessions.ts';

/** No policy can read this one: where it writes is only known when it runs. */
const hidden = 'touch ~/once; d=guar; mkdir "$d"ded && echo x > "$d"ded/file';

const bench = await testWorker({ respond: () => ({ content: 'Nobody asks it.' }) });
const host = await endlessHost();
const { answer, eventsOf, onlyApproval } = talkWith(bench);
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

test('the network of a call that runs is closed by a rule that comes', { timeout }, async () => {
  const agent = speakingProgram(`
    const call = { toolCallId: 'fetch', kind: 'execute', rawInput: { command: ${JSON.stringify(host.command)} } };
    await ask('q', call);
    const exec = process.getBuiltinModule('node:util').promisify(process.getBuiltinModule('node:child_process').exec);
    const { stdout } = await exec(call.rawInput.command);
    update('tool_call_update', { toolCallId: 'fetch', status: 'completed' });
    say(stdout);`);
  const thread = await bench.open(agent, { agent: 'claude-code' });
  await thread.work();
  const answered = answer(thread, 'approve');
  const { gone } = await host.nextAsked();
  await addRules(bench.context, { scope: 'project', scopeId: thread.projectId, text: 'no network' });
  await gone;
  await answered;
  expect((await thread.state()).run).toMatchObject({ status: 'completed', outcome: expect.stringContaining('begun\ncut off') });
});

test('an agent hears in its conversation which files a person changed while it was away, or did not keep, once', {
  timeout: 2 * timeout,
}, async () => {
  const heard = "(text.match(/[a-z]+[.]txt: \\w+|kept \\w+/g) ?? []).join(', ') || 'nothing'";
  const agent = speakingProgram(
    `if (text.includes('Wait')) await ask('q', { toolCallId: 'out', kind: 'execute', rawInput: { command: 'curl example.org' } });
    process.getBuiltinModule('node:fs').writeFileSync('mine.txt', text);
    say('Heard: ' + (${heard}));`,
    undefined,
    'session/resume',
  );
  const thread = await bench.open(agent, { agent: 'claude-code', goal: 'Begin' });
  await thread.work();
  const edit = async (path: string) => {
    const { currentCheckpointId } = await thread.state();
    await saveFile(bench.context, { threadId: thread.threadId, path, text: path, baseCheckpointId: currentCheckpointId ?? '' });
  };
  const next = async (text: string) => {
    await postMessage(bench.context, { threadId: thread.threadId, text });
    await thread.work();
  };
  const outcome = async () => (await thread.state()).run?.outcome?.split('\n')[0];
  expect(await outcome()).toBe('Heard: nothing');
  await edit('yours.txt');
  await edit('mine.txt');
  await next('Go on');
  expect(await outcome()).toBe('Heard: yours.txt: added, mine.txt: modified');
  await next('Wait');
  expect(await parkSessions({ ...bench.context, sandbox: bench.sandbox }, 0)).toBe(1);
  await edit('late.txt');
  await answer(thread, 'reject');
  expect(await outcome()).toBe('Heard: late.txt: added');
  await postMessage(bench.context, { threadId: thread.threadId, text: 'Once more', judgement: 'turn' });
  await thread.work();
  await answer(thread, 'reject');
  await next('Again');
  await answer(thread, 'approve');
  expect(await outcome()).toBe('Heard: kept nothing');
});

test('an agent hears which files of its turn a person kept in part, asked again over newer files, and the rest of them is not there', {
  timeout,
}, async () => {
  const lines = (third: string, last: string) => `1\n2\n${third}\n${'same\n'.repeat(30)}${last}`;
  const agent = speakingProgram(
    `const fs = process.getBuiltinModule('node:fs');
    if (text.includes('Begin')) fs.writeFileSync('long.txt', ${JSON.stringify(lines('3', '4'))});
    if (text.includes('Change')) for (const name of ['long.txt', 'not.txt']) fs.writeFileSync(name, ${JSON.stringify(lines('THREE', 'LAST'))});
    say('Heard: ' + (text.match(/only some files|took parts|[a-z]+[.]txt/g) ?? []).join(', '));`,
    undefined,
    'session/resume',
  );
  const thread = await bench.open(agent, { agent: 'claude-code', goal: 'Begin' });
  await thread.work();
  await postMessage(bench.context, { threadId: thread.threadId, text: 'Change', judgement: 'turn' });
  await thread.work();
  const { currentCheckpointId } = await thread.state();
  await saveFile(bench.context, {
    threadId: thread.threadId,
    path: 'mine.txt',
    text: '',
    isNew: true,
    baseCheckpointId: `${currentCheckpointId}`,
  });
  await answer(thread, 'approve');
  const { approvalId } = await onlyApproval(thread);
  const [file] = await diffThreadFiles(bench.context, { threadId: thread.threadId, to: approvalId, path: 'long.txt' });
  const { lines: _lines, ...hunk } = file?.hunks[1] ?? { lines: [], oldStart: 0, oldLines: 0, newStart: 0, newLines: 0 };
  const part = { keepPaths: ['long.txt'], dropHunks: [{ path: 'long.txt', hunk }] };
  await answerApproval(bench.context, { approvalId, decision: 'approve', ...part });
  // What falls behind the append takes the agent's program up no more, and nothing that was dropped.
  const lock = `${join(bench.home.store(thread.projectId), threadBranch(thread.threadId))}.lock`;
  await writeFile(lock, '');
  await expect(thread.work()).rejects.toThrow(/lock/);
  await rm(lock);
  await thread.work();
  expect(await eventsOf(thread, 'session.started')).toHaveLength(2);
  const { run } = await thread.state();
  const outcomes = run?.approvals.map(({ executed }) => executed?.outcome);
  expect(outcomes).toEqual([expect.stringMatching(/^Not used: the files had changed/), 'Kept 1 of 2 files without 1 part']);
  expect((await readdir(thread.tree)).sort()).toEqual(['long.txt', 'mine.txt']);
  expect(await readFile(join(thread.tree, 'long.txt'), 'utf8')).toBe(lines('THREE', '4'));
  await postMessage(bench.context, { threadId: thread.threadId, text: 'Go on' });
  await thread.work();
  expect((await thread.state()).run?.outcome).toContain('Heard: only some files, long.txt, took parts, long.txt');
});

/** Makes two files that no checkpoint holds, and deletes the one that it is told to, unless it has been told so before. */
const deleter = speakingProgram(`
  const fs = process.getBuiltinModule('node:fs');
  const [goal] = (text.match(/Delete \\w+ \\d/g) ?? []).filter((words) => !fs.existsSync('/home/agent/' + words));
  if (goal) {
    fs.writeFileSync('/home/agent/' + goal, '');
    fs.rmSync('.git/' + goal.split(' ')[1]);
  } else if (!fs.existsSync('.git')) {
    fs.mkdirSync('.git');
    for (const name of ['mine', 'kept']) fs.writeFileSync('.git/' + name, name);
  }
  const call = { toolCallId: 'act', kind: 'execute', rawInput: { command: 'node act.mjs' } };
  if (!text.includes('untold')) update('tool_call', { ...call, status: 'completed' });
  say(goal ? 'Deleted.' : 'I leave it.');`);

test('what no checkpoint holds is deleted with a yes only, and never against a rule', { timeout }, async () => {
  const thread = await bench.open(deleter, { agent: 'claude-code', goal: 'Begin' });
  await thread.work();
  const next = async (text: string, judgement: 'action' | 'turn' = 'action') => {
    await postMessage(bench.context, { threadId: thread.threadId, text, judgement });
    await thread.work();
  };
  const unheld = async () => (await readdir(join(thread.tree, '.git'))).toSorted();
  const lost = 'It takes away ".git/mine", and no checkpoint holds that: a revert will not bring it back.';

  await next('Delete mine 1');
  expect(await onlyApproval(thread)).toMatchObject({ kind: 'turn', reason: lost });
  await answer(thread, 'reject');
  expect(await unheld()).toEqual(['kept', 'mine']);

  await addRules(bench.context, { scope: 'thread', scopeId: thread.threadId, text: 'never delete .git/kept' });
  await next('Delete kept 1');
  expect((await thread.state()).run).toMatchObject({ status: 'completed', outcome: expect.stringContaining('I leave it.') });
  expect(await eventsOf(thread, 'rule.enforced')).toMatchObject([{ data: { paths: ['.git/kept'] } }]);
  expect(await unheld()).toEqual(['kept', 'mine']);

  await next('Delete mine 2', 'turn');
  expect(await onlyApproval(thread)).toMatchObject({
    kind: 'turn',
    reason: expect.stringMatching(/^All that came of this turn\. .* It takes/),
  });
  await answer(thread, 'approve');
  expect(await unheld()).toEqual(['kept']);
  expect(await thread.state()).toMatchObject({ run: { status: 'completed' }, checkpoints: [{ kind: 'base' }, { kind: 'step' }] });

  await next('Delete kept 2 untold');
  expect(await eventsOf(thread, 'rule.enforced')).toHaveLength(2);
  expect(await unheld()).toEqual(['kept']);
});
