import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { ChatCompletionRequest, Fixture } from '@copilotkit/aimock';
import { beforeEach, describe, expect, it } from 'vitest';
import { answerApproval } from '#lib/approvals/answer-approval.ts';
import { openApprovals } from '#lib/core/state.ts';
import { readHistory } from '#lib/threads/read-history.ts';
import type { Respond } from '#tests/model-services.ts';
import { answersIn, askedFor, call, calls, hasty, scripted, step, textOf } from '#tests/scripted-model.ts';
import { testWorker } from '#tests/test-worker.ts';
import { createModelAgent } from './model-agent.ts';
import { servedModel } from './served-model.ts';

const patiently = { timeout: 50_000 };
let respond: Respond = () => ({ content: 'Done.' });
let seen: ChatCompletionRequest[] = [];
const bench = await testWorker({
  respond: (request) => {
    seen.push(request);
    return respond(request);
  },
});
const mock = bench.models!.mock;
type Thread = Awaited<ReturnType<typeof bench.open>>;

beforeEach(() => {
  mock.clearChaos();
  seen = [];
});

async function work(script: Respond, options: Parameters<typeof bench.open>[1] = {}, patience = hasty): Promise<Thread> {
  respond = script;
  const thread = await bench.open(createModelAgent({ patience, openAi: 'chat' }), {
    agent: 'model',
    model: 'openai/local-model',
    ...options,
  });
  await thread.work();
  return thread;
}

async function answer(thread: Thread, decision: 'approve' | 'reject', note = '') {
  const [approval] = openApprovals(await thread.state());
  await answerApproval(bench.context, { approvalId: approval!.approvalId, decision, note });
  await thread.work();
}

/** The next request for an answer gets this in place of what the script says, once. */
function once(fixture: Omit<Fixture, 'match'>) {
  let left = 1;
  mock.prependFixture({ ...fixture, match: { predicate: (request) => askedFor(request) === 'answer' && left-- > 0 } });
}

const done = scripted({ answers: [{ content: 'Done.' }] });
const heardTool = () => textOf(seen.at(-1)!, 'tool');
const heardUser = () => textOf(seen.at(-1)!, 'user');

describe('a provider', () => {
  it.each([
    ['says 429 and when to come back', { response: { error: { message: 'Slow down' }, status: 429, retryAfter: 0 } }],
    ['fails with 500', { response: { error: { message: 'Oops' }, status: 500 } }],
    ['breaks off its answer', { response: { content: 'Half an answer that is long enough' }, chunkSize: 5, truncateAfterChunks: 2 }],
    ['sends garbage', { response: { content: 'x' }, chaos: { malformedRate: 1 } }],
    ['gives an empty answer', { response: { content: '' } }],
  ] as [string, Omit<Fixture, 'match'>][])('is asked again when it %s', async (_, fixture) => {
    once(fixture);
    expect((await (await work(done)).state()).run).toMatchObject({ status: 'completed', outcome: 'Done.' });
  });

  it('is asked again when it stops in the middle of an answer', async () => {
    once({ response: { content: 'a b c d e f g h' }, chunkSize: 1, latency: 60_000 });
    const thread = await work(done, {}, { ...hasty, tries: 6, firstMs: 1_500, stallMs: 1_500 });
    expect((await thread.state()).run).toMatchObject({ status: 'completed', outcome: 'Done.' });
  });

  it('that stays away parks the run until a person says to try again', async () => {
    let away = true;
    const thread = await work((request) => (away ? { error: { message: 'Down' }, status: 503 } : done(request)));
    expect(openApprovals(await thread.state())).toMatchObject([
      { kind: 'recovery', reason: 'OpenAI does not answer now (503): Down. Try again?' },
    ]);
    expect(seen).toHaveLength(hasty.tries);
    away = false;
    await answer(thread, 'approve');
    expect((await thread.state()).run).toMatchObject({ status: 'completed', outcome: 'Done.' });
  });

  it('that asks for longer than anybody waits parks the run at once', async () => {
    const thread = await work(() => ({ error: { message: 'Later' }, status: 429, retryAfter: 3_600 }));
    expect(seen).toHaveLength(1);
    await answer(thread, 'reject');
    expect((await thread.state()).run).toMatchObject({ status: 'failed', outcome: 'Stopped: you said no to another try.' });
  });

  it.each([
    [401, 'OpenAI did not accept the key (401). Check OPENAI_API_KEY and start again.'],
    [404, 'OpenAI has no model called "local-model". Choose another one.'],
    [400, 'OpenAI refused the request (400): No good'],
  ])('that says %i ends the run with a sentence', async (status, sentence) => {
    const thread = await work(() => ({ error: { message: 'No good' }, status }));
    expect((await thread.state()).run).toMatchObject({ status: 'failed', outcome: sentence });
    expect(seen).toHaveLength(1);
  });

  it('that would cost more than the budget is not asked; the person is', async () => {
    const thread = await work(done, { model: 'anthropic/claude-sonnet-5-5', limits: { budgetUsd: 0.001 } });
    expect(openApprovals(await thread.state())).toMatchObject([{ kind: 'budget' }]);
    expect(seen).toHaveLength(0);
  });

  it('that is a server of one’s own is asked what it has', async () => {
    const { threadId, runId } = await bench.open(createModelAgent(), { agent: 'model' });
    const gateway = bench.models!.gateway;
    const access = { ...gateway, token: gateway.tokenFor({ threadId, runId }) };
    const listed = await fetch(`${mock.url}/v1/models`).then((response) => response.json() as Promise<{ data: { id: string }[] }>);
    expect(await servedModel(access, new AbortController().signal)).toBe(listed.data[0]!.id);
    expect(await servedModel({ ...access, token: 'none' }, new AbortController().signal)).toBeUndefined();
  });

  it('that nobody set up ends the run with a sentence', async () => {
    const thread = await bench.open(createModelAgent({ patience: hasty, model: 'nonsense/x' }), { agent: 'model' });
    await thread.work();
    expect((await thread.state()).run).toMatchObject({
      status: 'failed',
      outcome: expect.stringContaining('Which provider has "nonsense/x"?'),
    });
  });
});

describe('a model', () => {
  it('hears what is wrong with a call that no tool understands, and does better', async () => {
    const thread = await work(
      scripted({
        answers: [
          calls('', call('run_command', { cmd: 'ls' }), { name: 'rm_rf', arguments: '{}' }, { name: 'read_file', arguments: '{"path": ' }),
          calls('', call('create_file', { path: 'a', content: '' })),
          { content: 'Done.' },
        ],
      }),
    );
    const { run } = await thread.state();
    expect(run).toMatchObject({ status: 'completed', calls: [{ call: { tool: 'create_file' } }] });
    const said = textOf(seen.find((request) => answersIn(request) === 1)!, 'tool');
    expect(said).toContain('There is no tool "rm_rf".');
    expect(said).toMatch(/command: /);
  });

  it.each([
    ['cannot make itself understood', calls('', { name: 'nothing', arguments: '{}' })],
    ['only speaks of its plan', calls('', call('update_plan', { replan: { reason: 'Hm.', steps: [step('s1', 'Think')] } }))],
    ['never comes to the end of a sentence', { content: 'And then', finishReason: 'length' }],
  ])('that %s is stopped, and a person asked', async (_, answered) => {
    const thread = await work(scripted({ answers: [answered] }));
    expect(openApprovals(await thread.state())).toMatchObject([
      { kind: 'recovery', reason: expect.stringContaining('5 answers in a row') },
    ]);
  });

  it('that writes what PostgreSQL cannot hold is taken without it', async () => {
    const odd = scripted({
      answers: [calls('a\0b', call('create_file', { path: 'a\0.txt', content: 'x\0\ud800y' })), { content: 'Done\0.' }],
    });
    const thread = await work(odd);
    expect((await thread.state()).run).toMatchObject({ status: 'completed', outcome: 'Done.' });
    expect(await readFile(join(thread.tree, 'a.txt'), 'utf8')).toBe('x\ufffdy');
  });

  it('that gives no readable plan works without one', async () => {
    const thread = await work((request) => (askedFor(request) === 'plan' ? { content: 'I would first...' } : done(request)));
    expect((await thread.state()).run).toMatchObject({ status: 'completed', planRevision: 0 });
    expect(seen.map(askedFor)).toEqual(['plan', 'plan', 'answer']);
  });

  it('that goes round in circles is told so, and then a person is asked', async () => {
    const thread = await work(scripted({ answers: [calls('', call('list_files', {}))] }));
    expect(openApprovals(await thread.state())).toMatchObject([{ kind: 'recovery', reason: expect.stringContaining('same call 5 times') }]);
    expect(seen.filter((request) => textOf(request, 'user').includes('You made the same call 3 times'))).toHaveLength(2);
    await answer(thread, 'reject');
    expect((await thread.state()).run).toMatchObject({ status: 'failed' });
  });

  it('whose calls fail one after the other is told to look for the reason, and then a person is asked', async () => {
    const script: Respond = (request) =>
      askedFor(request) === 'plan'
        ? { content: '{"steps":[]}' }
        : calls('', call('run_command', { command: `exit ${1 + answersIn(request)}` }));
    const thread = await work(script);
    expect(openApprovals(await thread.state())).toMatchObject([{ reason: '6 calls in a row failed. Let the agent try on?' }]);
    expect(heardUser()).toContain('3 calls in a row failed.');
    await answer(thread, 'approve');
    expect(heardUser()).toContain('The person says: go on, and try again.');
    expect((await thread.state()).run?.calls).toHaveLength(12);
  });

  it('that leaves a step failed is asked about once, and ends as it says', async () => {
    const thread = await work(
      scripted({
        plan: [step('s1', 'Reach the moon')],
        answers: [
          calls('', call('update_plan', { finished: [{ step_id: 's1', status: 'failed', note: 'Too far' }] })),
          { content: 'I could not.' },
        ],
      }),
    );
    expect(openApprovals(await thread.state())).toMatchObject([
      { stepId: 's1', reason: '"Reach the moon" failed (Too far), and no other way was found. Try again?' },
    ]);
    expect(textOf(seen.at(-1)!, 'tool')).toContain('Try another way with replan');
    await answer(thread, 'reject');
    expect((await thread.state()).run).toMatchObject({ status: 'failed', outcome: 'I could not.' });
  });

  it('is told the truth about a call that its worker did not survive', async () => {
    respond = scripted({
      answers: [calls('', call('run_command', { command: 'echo half > a; sleep 60' })), { content: 'Stopped there.' }],
    });
    const thread = await bench.open(createModelAgent({ patience: hasty, openAi: 'chat' }), { agent: 'model', model: 'openai/local-model' });
    const stop = new AbortController();
    const working = thread.work(stop.signal);
    await expect.poll(async () => (await thread.state()).run?.calls[0]?.status, patiently).toBe('running');
    stop.abort();
    await working;
    await thread.work();
    expect((await thread.state()).run).toMatchObject({ status: 'completed', outcome: 'Stopped there.' });
    expect(heardTool()).toContain('Interrupted: Choir stopped while this ran. Nothing of it was kept.');
    expect(await readdir(thread.tree)).toEqual([]);
  });
});

describe('a long conversation', () => {
  const page = 'All work and no play makes a long file.\n'.repeat(3_000);
  const write = (number: number) => calls('', call('create_file', { path: `page-${number}.txt`, content: `${number}\n${page}` }));
  const writer = scripted({ answers: [{ content: 'All pages are written.' }], summary: 'Three pages were written.' });

  it('is summarised before it outgrows the model, and goes on from there', async () => {
    const thread = await work((request) => {
      if (askedFor(request) !== 'answer') return writer(request);
      const written = (callsIn(request).match(/page-\d/g) ?? []).length;
      return textOf(request, 'user').includes('Three pages were written.') ? { content: 'All pages are written.' } : write(written + 1);
    });
    const state = await thread.state();
    expect(state.run).toMatchObject({ status: 'completed', outcome: 'All pages are written.' });
    const history = await readHistory(bench.context.database, state);
    const compacted = history.filter((event) => event.type === 'context.compacted');
    expect(compacted).toHaveLength(1);
    expect(compacted[0]!.data.tokensAfter).toBeLessThan(compacted[0]!.data.tokensBefore / 2);
    expect(heardUser()).toContain('Goal: Do it');
    expect(seen.map(askedFor)).toEqual(['plan', 'answer', 'answer', 'answer', 'summary', 'answer']);
  });

  it('is summarised when the provider says that it is too long', async () => {
    const script = scripted({
      answers: [calls('', call('list_files', {})), calls('', call('git_log', {})), { content: 'Done.' }],
      summary: 'Looked around.',
    });
    const thread = await work((request) => {
      const summarised = textOf(request, 'user').includes('Looked around.');
      if (askedFor(request) === 'answer' && summarised) return { content: 'Done.' };
      if (answersIn(request) === 2) return { error: { message: "This model's maximum context length is 8192 tokens" }, status: 400 };
      return script(request);
    });
    expect((await thread.state()).run).toMatchObject({ status: 'completed', outcome: 'Done.' });
    expect(seen.map(askedFor)).toEqual(['plan', 'answer', 'answer', 'answer', 'summary', 'answer']);
  });
});

function callsIn(request: ChatCompletionRequest): string {
  return JSON.stringify(request.messages.flatMap(({ tool_calls }) => tool_calls ?? []));
}
