import type { Fixture } from '@copilotkit/aimock';
import { beforeEach, describe, expect, it } from 'vitest';
import { openApprovals } from '#lib/core/state.ts';
import { modelBench } from '#tests/models/model-bench.ts';
import { askedFor, hasty, scripted } from '#tests/models/scripted-model.ts';
import type { MoveAgent } from '../../agent.ts';
import { createModelAgent } from '../model-agent.ts';
import { servedModel } from '../served-model.ts';

const bench = await modelBench();
const { mock, seen, work, answer, once } = bench;
const done = scripted({ answers: [{ content: 'Done.' }] });

beforeEach(() => mock.clearChaos());

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

  it('that says nothing, or never stops, is left for the person to decide about, in plain words', async () => {
    const silent = await work(() => new Promise(() => {}), {}, { ...hasty, firstMs: 500 });
    const [question] = openApprovals(await silent.state());
    expect(question?.reason).toMatch(/^OpenAI did not begin to answer within 1 minute\. Try again\?/);
    expect(seen).toHaveLength(2);

    once({ response: { content: 'again '.repeat(200_000) }, chunkSize: 100_000 });
    const endless = await work(done);
    expect(openApprovals(await endless.state())).toMatchObject([
      { reason: expect.stringMatching(/^The answer of OpenAI came to no end\./) },
    ]);
    expect(seen.map(askedFor)).toEqual(['plan']);
  });

  it('that makes the person wait says why while they wait', async () => {
    once({ response: { error: { message: 'Slow down' }, status: 429 } });
    const typed: string[] = [];
    const agent = createModelAgent({ patience: hasty, openAi: 'chat' });
    const telling: MoveAgent = { ...agent, next: (view, signal) => agent.next({ ...view, type: (text) => typed.push(text) }, signal) };
    const thread = await bench.open(done, { model: 'openai/local-model' }, telling);
    await thread.work();
    expect(typed.join('')).toBe('\n\n(OpenAI does not answer now (429): Slow down. Asking again.)\n\nDone.');
  });

  it('that stays away parks the run until a person says to try again', async () => {
    let away = true;
    const thread = await work((request) => (away ? { error: { message: 'Down' }, status: 503 } : done(request)));
    expect(openApprovals(await thread.state())).toMatchObject([
      {
        kind: 'recovery',
        reason:
          'OpenAI does not answer now (503): Down. Try again? If it stays like this, give the goal to another model. Reject ends the run.',
      },
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
    expect((await thread.state()).run).toMatchObject({ status: 'failed', outcome: 'Stopped: another try was rejected.' });
  });

  it.each([
    [401, 'OpenAI did not accept the key (401). Check OPENAI_API_KEY and start Choir again.'],
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
    const { threadId, runId } = await bench.open(done);
    const gateway = bench.models.gateway;
    const access = { ...gateway, token: gateway.tokenFor({ threadId, runId }) };
    const listed = await fetch(`${mock.url}/v1/models`).then((response) => response.json() as Promise<{ data: { id: string }[] }>);
    expect(await servedModel(access, new AbortController().signal)).toBe(listed.data[0]!.id);
    expect(await servedModel({ ...access, token: 'none' }, new AbortController().signal)).toBeUndefined();
  });

  it('that nobody set up ends the run with a sentence', async () => {
    const thread = await bench.open(done, {}, createModelAgent({ patience: hasty, model: 'nonsense/x' }));
    await thread.work();
    expect((await thread.state()).run).toMatchObject({
      status: 'failed',
      outcome: expect.stringContaining('Which provider has "nonsense/x"?'),
    });
  });
});
