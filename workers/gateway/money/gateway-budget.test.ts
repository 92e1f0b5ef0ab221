import { spawn } from 'node:child_process';
import { beforeEach, describe, expect, test } from 'vitest';
import { setBudget } from '#lib/budgets/set-budget.ts';
import { readSpentBudgets } from '#lib/budgets/spent.ts';
import type { RunLimits } from '#lib/core/limits/run-limits.ts';
import type { ModelCall } from '#lib/core/model-call.ts';
import { newId } from '#lib/core/new-id.ts';
import { modelRequests } from '#tests/models/model-requests.ts';
import { scriptedGateway } from '#tests/models/scripted-gateway.ts';
import { testHome } from '#tests/services.ts';
import { createGateway } from '../create-gateway.ts';
import { openGateway } from '../gateway-access.ts';
import { createAdmissions } from './admission.ts';

/** A token out costs a dollar, so that a test can name its money in tokens. */
const perToken = { input: 0, output: 1_000_000 };
const apart = await testHome();
const { context, options, upstream, gateway, ...scripted } = await scriptedGateway({
  settings: (url) => ({ ANTHROPIC_BASE_URL: url, OPENAI_BASE_URL: `${url}/v1`, GOOGLE_GEMINI_BASE_URL: url }),
  prices: { 'anthropic/reader': { input: 10, output: 0 }, 'anthropic/*': perToken, 'openai/*': perToken, 'google/gemini-*': perToken },
});
const { database } = context;

const claude = modelRequests[0]!;
beforeEach(() => {
  upstream.requests.length = 0;
  upstream.answerWith((response, { body }) => {
    const { max_tokens } = JSON.parse(body) as { max_tokens: number };
    response.writeHead(200, { 'content-type': 'application/json' });
    response.end(JSON.stringify({ type: 'message', usage: { input_tokens: 10, output_tokens: max_tokens } }));
  });
});

async function run(options: { limits?: RunLimits; projectId?: string } = {}) {
  const opened = await scripted.run(options);
  /** One call that may say, and says, so many tokens. */
  async function spend(maxOutputTokens: number): Promise<number> {
    const response = await claude.send(gateway, opened.token, { maxOutputTokens });
    await response.text();
    return response.status;
  }
  return { ...opened, spend };
}

describe('a budget', () => {
  test('of a run stops the call that might pass it, before anything is sent, in words for a person', async () => {
    const { spend, token, calls, state } = await run({ limits: { budgetUsd: 10 } });
    expect(await spend(6)).toBe(200);
    expect(await spend(5)).toBe(402);
    expect(upstream.requests).toHaveLength(1);
    const message = 'The budget of this run does not allow this call: $6.00 of $10.00 are spent, and the call could cost $5.00.';
    expect(await calls()).toMatchObject([
      { outcome: 'ok', costUsd: 6, outputTokens: 6 },
      { outcome: 'refused', costUsd: 0, inputTokens: 0, outputTokens: 0, error: message, leastUsd: 5 },
    ]);
    expect((await state()).run).toMatchObject({ refusal: { message, leastUsd: 5 }, cost: { costUsd: 6 } });
    for (const { send, name } of modelRequests) {
      const response = await send(gateway, token, { maxOutputTokens: 5 });
      expect([name, response.status, await response.json()]).toMatchObject([name, 402, { error: { message } }]);
    }
    expect(await calls()).toHaveLength(2);
    expect(await spend(4)).toBe(200);
    expect(await spend(1)).toBe(402);
    expect((await calls()).at(-1)?.outcome).toBe('refused');
  });

  test('holds against calls that come all at once', async () => {
    const { spend, calls } = await run({ limits: { budgetUsd: 10 } });
    const statuses = await Promise.all(Array.from({ length: 50 }, () => spend(3)));
    expect(statuses.filter((status) => status === 200)).toHaveLength(3);
    expect(statuses.filter((status) => status === 402)).toHaveLength(47);
    expect(upstream.requests).toHaveLength(3);
    // Once, and once more after each call that went through.
    expect((await calls()).filter(({ outcome }) => outcome === 'refused').length).toBeLessThanOrEqual(4);
  });

  test('holds over all gateways together, counts no call twice that ends meanwhile, and waits for none whose gateway died', async () => {
    const { spend, state, calls, runId, threadId, projectId } = await run({ limits: { budgetUsd: 10 } });
    await spend(1);
    const { workspaceId } = await state();
    const gateways = [createAdmissions(context), createAdmissions(context)];
    const admit = (usd: number, one = gateways[0]!) => {
      const id = newId('mc');
      return one.admit({ runId, threadId, projectId, workspaceId }, 'model', { leastUsd: usd, mostUsd: usd }, id);
    };
    const all = await Promise.all(Array.from({ length: 20 }, (_, index) => admit(3, gateways[index % 2])));
    const [ends, dies, goesOn, ...others] = all.flatMap((admission) => (admission.ok ? [admission.reservation] : []));
    expect(others).toEqual([]);
    const [made] = await calls();
    const recorded: ModelCall = { ...made!, modelCallId: ends!.modelCallId, costUsd: 2 };
    await context.ledger.command(threadId, { actor: 'choir' }, [{ type: 'record-model-call', runId, call: recorded }]);
    expect([(await admit(1.1)).ok, (await admit(0.5)).ok, (await admit(0.6)).ok]).toEqual([false, true, false]);
    await database.sql`update reservations set until = now() where model_call_id = ${dies!.modelCallId}`;
    expect([(await admit(3.6)).ok, (await admit(3.5)).ok]).toEqual([false, true]);
    await Promise.all(gateways.map((one) => one.release(goesOn!)));
    expect([(await admit(3.1)).ok, (await admit(3)).ok]).toEqual([false, true]);
    for (const one of gateways) one.close();
  });

  test('is decided about without a gateway that stands still in the middle of it', async () => {
    const { spend, state, runId, threadId, projectId } = await run({ limits: { budgetUsd: 10 } });
    const { workspaceId } = await state();
    const source = `
import { connectDatabase } from '#lib/db/connect-database.ts';
import { createAdmissions } from '#workers/gateway/money/admission.ts';
const standStill = { get leastUsd() { process.kill(process.pid, 'SIGSTOP'); return 9; }, mostUsd: 9 };
const { admit } = createAdmissions({ database: connectDatabase(process.argv[1]) });
await admit(${JSON.stringify({ runId, threadId, projectId, workspaceId })}, 'model', standStill, 'mc_still');`;
    const other = spawn(process.execPath, ['--input-type=module', '-e', source, database.url], { stdio: 'inherit' });
    const standing = () => database.sql`
      select 1 from pg_locks join pg_stat_activity using (pid)
      where locktype = 'advisory' and granted and datname = current_database() and state = 'idle in transaction'`;
    await expect.poll(standing).toHaveLength(1);
    expect(await spend(9)).toBe(200);
    other.kill('SIGKILL');
  });

  test('stays reserved for a call that a gateway could not bill before it stopped', async () => {
    const opened = await run({ limits: { budgetUsd: 10 } });
    const other = await createGateway({ ...options, home: apart });
    const access = openGateway({ home: apart, providers: ['anthropic'] });
    upstream.answerWith(async (response) => {
      await database.sql`alter table model_calls rename to out_of_reach`;
      response.writeHead(200, { 'content-type': 'application/json' });
      response.end(JSON.stringify({ type: 'message', usage: { input_tokens: 10, output_tokens: 9 } }));
    });
    await (await claude.send(access, access.tokenFor(opened), { maxOutputTokens: 9 })).text();
    await access.close();
    await other.close();
    await database.sql`alter table out_of_reach rename to model_calls`;
    expect(await opened.spend(9)).toBe(402);
  });

  test('is free again for what a call did not use', async () => {
    upstream.answerWith((response) => response.writeHead(529).end('{}'));
    const { spend } = await run({ limits: { budgetUsd: 10 } });
    expect([await spend(9), await spend(9), await spend(9)]).toEqual([529, 529, 529]);
  });

  test('makes a long answer shorter where it cannot pay for the whole', async () => {
    const { spend } = await run({ limits: { budgetUsd: 10_000 } });
    expect([await spend(100_000), await spend(100_000), await spend(100_000)]).toEqual([200, 200, 402]);
    expect(upstream.requests.map(({ body }) => JSON.parse(body).max_tokens)).toEqual([5_000, 4_096]);
  });

  test('does not stop a model without a price on a server of one’s own, whose tokens are counted all the same', async () => {
    const { token, state } = await run({ limits: { budgetUsd: 1 } });
    upstream.answerWith((answer) => {
      answer.writeHead(200, { 'content-type': 'application/json' });
      answer.end(
        JSON.stringify({ candidates: [{ finishReason: 'STOP' }], usageMetadata: { promptTokenCount: 3, candidatesTokenCount: 4 } }),
      );
    });
    const response = await gateway.fetch('http://gateway/google/v1beta/models/unheard-of:generateContent', {
      method: 'POST',
      headers: { 'x-goog-api-key': token },
      body: '{"contents":[]}',
    });
    await response.text();
    expect((await state()).run?.cost).toEqual({ calls: 1, inputTokens: 3, outputTokens: 4, costUsd: 0, unpricedCalls: 1 });
  });

  test('takes a file for what its provider counts in it, and for all that a model can read where that counts nothing', async () => {
    const { token, calls } = await run({ limits: { budgetUsd: 5 } });
    const source = { type: 'base64', media_type: 'application/pdf', data: 'JVBERi0=' };
    const body = { model: 'reader', max_tokens: 10, metadata: {}, messages: [{ role: 'user', content: [{ type: 'document', source }] }] };
    const read = async (status: number, counted: string) => {
      upstream.answerWith((answer, { url }) => {
        const isCount = url.endsWith('/messages/count_tokens');
        answer.writeHead(isCount ? status : 200, { 'content-type': 'application/json' });
        answer.end(isCount ? counted : '{"type":"message","usage":{"input_tokens":20000,"output_tokens":1}}');
      });
      const headers = { 'x-api-key': token };
      const response = await gateway.fetch('http://gateway/anthropic/v1/messages', { method: 'POST', headers, body: JSON.stringify(body) });
      await response.text();
      return response.status;
    };
    expect(await read(200, '{"input_tokens":20000}')).toBe(200);
    expect(upstream.requests.map(({ url, body }) => [url, Object.keys(JSON.parse(body))])).toEqual([
      ['/v1/messages/count_tokens', ['model', 'messages']],
      ['/v1/messages', ['model', 'max_tokens', 'metadata', 'messages']],
    ]);
    for (const nonsense of ['{"input_tokens":-1}', '[]', 'x'.repeat(100_000), '{"input_tokens":700000}'])
      expect(await read(200, nonsense)).toBe(402);
    expect(await read(404, '{"input_tokens":1}')).toBe(402);
    expect((await calls()).at(-1)).toMatchObject({ outcome: 'refused', leastUsd: expect.closeTo(10, 0) });
  });

  test('of a run holds over the runs that it started, and theirs', async () => {
    const parent = await run({ limits: { budgetUsd: 10 } });
    const child = await run({ limits: { budgetUsd: 100 } });
    const grandchild = await run();
    const adopt = (runId: string, by: string) => database.sql`update runs set parent_run_id = ${by} where id = ${runId}`;
    await adopt(child.runId, parent.runId);
    await adopt(grandchild.runId, child.runId);
    expect(await grandchild.spend(7)).toBe(200);
    expect(await child.spend(4)).toBe(402);
    expect(await parent.spend(4)).toBe(402);
    expect(await child.spend(3)).toBe(200);
  });

  test('of the thread, the project and the workspace holds too, for the month or for ever', async () => {
    const first = await run();
    await setBudget(context, { scope: 'thread', scopeId: first.threadId, limitUsd: 5, period: 'ever' });
    expect([await first.spend(5), await first.spend(1)]).toEqual([200, 402]);

    const second = await run({ projectId: first.projectId });
    await setBudget(context, { scope: 'project', scopeId: first.projectId, limitUsd: 8, period: 'ever' });
    expect([await second.spend(4), await second.spend(3)]).toEqual([402, 200]);

    await database.sql`update model_calls set at = at - interval '40 days' where thread_id = ${first.threadId}`;
    await setBudget(context, { scope: 'project', scopeId: first.projectId, limitUsd: 8, period: 'month' });
    expect([await second.spend(6), await second.spend(5)]).toEqual([402, 200]);

    const third = await run();
    const budgets = await readSpentBudgets(context, { ...third, workspaceId: (await third.state()).workspaceId });
    expect(budgets).toEqual([]);
    const [total] = await database.sql`select sum(cost_usd)::float8 as spent from model_calls where at > now() - interval '30 days'`;
    await setBudget(context, { scope: 'workspace', limitUsd: total?.spent + 1, period: 'month' });
    expect([await third.spend(2), await third.spend(1)]).toEqual([402, 200]);
    await database.sql`delete from budgets`;
  });
});
