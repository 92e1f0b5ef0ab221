import { expect, test } from 'vitest';
import { defaultModels } from '#lib/agents/default-models.ts';
import { serveApi } from '#tests/serve-api.ts';
import { signedIn, testWebServices } from '#tests/web-services.ts';
import { listAgentsOperation } from '../_contract/agents.ts';
import { listBudgetsOperation, listCostsOperation } from '../_contract/costs.ts';

const services = await testWebServices({
  CHOIR_MODEL_PROVIDERS: 'openai',
  CHOIR_MODEL_ADDRESSES: 'openai=http://127.0.0.1:9/v1',
  CHOIR_RUN_BUDGET_USD: '7',
});
const url = await serveApi(services);
const { token } = await signedIn(services);

async function ask(path: string, method = 'GET', body?: object) {
  const headers = { authorization: `Bearer ${token}`, ...(body ? { 'content-type': 'application/json' } : {}) };
  const response = await fetch(`${url}${path}`, { method, headers, ...(body ? { body: JSON.stringify(body) } : {}) });
  const text = await response.text();
  return { status: response.status, type: response.headers.get('content-type'), body: text ? JSON.parse(text) : undefined };
}

test('agents say what they need, and which of them are ready here', async () => {
  const { body } = await ask('/api/agents');
  const { agents, defaultAgent, autonomousLimits } = listAgentsOperation.reply.parse(body);
  const ready = Object.fromEntries(agents.map((agent) => [agent.id, agent.ready]));
  expect(ready).toMatchObject({ rules: true, model: true, codex: true, 'claude-code': false });
  expect(agents.find(({ id }) => id === 'claude-code')?.whyNot).toBe('Set ANTHROPIC_API_KEY and start Choir again.');
  expect(agents.find(({ id }) => id === 'codex')?.installs).toMatch(/^Codex is installed at its first goal: about \d+ MB\.$/);
  expect(agents.find(({ id }) => id === 'model')?.installs).toBe('');
  expect(agents.filter(({ terminal }) => terminal).map(({ id }) => id)).not.toContain('model');
  expect(defaultAgent).toBe('rules');
  expect(autonomousLimits).toMatchObject({ budgetUsd: 7, maxIterations: 200 });
});

test('each agent says what the next goal will cost, with the model that was chosen and under the budgets that hold', async () => {
  const costs = async (query = '') => {
    const { agents } = listAgentsOperation.reply.parse((await ask(`/api/agents${query}`)).body);
    return Object.fromEntries(agents.map(({ id, cost }) => [id, cost]));
  };
  const usual = await costs();
  expect(usual.rules).toMatchObject({
    estimate: { basis: 'free', otherwise: 'model' },
    words: expect.stringMatching(/^free; /),
    budget: null,
  });
  expect(usual.terminal).toMatchObject({ estimate: { basis: 'free' }, words: 'free' });
  expect(usual.codex).toMatchObject({ estimate: { basis: 'list-prices', model: `openai/${defaultModels.openai}` }, budget: null });
  expect(usual['claude-code']).toMatchObject({ words: expect.stringMatching(/^about \$\d.*, up to \$\d/) });

  expect((await costs('?model=openai/of-mine')).codex).toMatchObject({ estimate: { basis: 'own-server', model: 'openai/of-mine' } });
  expect((await costs('?model=anthropic/of-nobody'))['claude-code']).toMatchObject({ estimate: { basis: 'unknown' } });
  expect((await ask('/api/agents?model=gpt')).status).toBe(400);

  await ask('/api/budgets', 'PUT', { scope: 'workspace', limitUsd: 0.02 });
  const { threadId } = (await ask('/api/threads', 'POST', { goal: 'x', agent: 'codex', model: 'openai/gpt-5-mini' })).body;
  await ask('/api/budgets', 'PUT', { scope: 'thread', scopeId: threadId, limitUsd: 0.01, period: 'ever' });
  const [here, there] = [await costs(), await costs(`?threadId=${threadId}`)];
  expect(here.codex?.budget).toEqual({ scope: 'workspace', period: 'month', leftUsd: 0.02 });
  expect(there.codex?.estimate).toMatchObject({ model: 'openai/gpt-5-mini' });
  expect(there.codex?.budget).toEqual({ scope: 'thread', period: 'ever', leftUsd: 0.01 });
  expect(there.rules).toMatchObject({ estimate: { otherwise: 'model' }, budget: there.model?.budget });
  expect(there.rules?.words).toContain('costs what Model costs, about $');
  await ask('/api/budgets', 'PUT', { scope: 'project', scopeId: 'scratch', limitUsd: 0.015 });
  expect((await costs()).codex?.budget).toEqual({ scope: 'project', period: 'month', leftUsd: 0.015 });
  await ask('/api/budgets?scope=workspace', 'DELETE');
  await ask(`/api/budgets?scope=thread&scopeId=${threadId}`, 'DELETE');
  await ask('/api/budgets?scope=project&scopeId=scratch', 'DELETE');
});

test('a goal says who works and within which bounds', async () => {
  const limits = { budgetUsd: 1, maxIterations: 5 };
  const { status, body } = await ask('/api/threads', 'POST', { goal: 'x', agent: 'codex', model: 'openai/m', limits, judgement: 'turn' });
  expect(status).toBe(201);
  const { run } = (await ask(`/api/threads/${body.threadId}`)).body;
  expect(run).toMatchObject({ agent: 'codex', agentReason: 'chosen by the person', model: 'openai/m', limits, judgement: 'turn' });
  const other = await ask(`/api/threads/${body.threadId}/messages`, 'POST', { text: 'go on', agent: 'rules' });
  expect(other).toMatchObject({ status: 409, body: { detail: expect.stringContaining('still works in this thread') } });
  const say = (wishes: object) => ask(`/api/threads/${body.threadId}/messages`, 'POST', { text: 'go on', ...wishes });
  for (const wish of [{ mode: 'plan' }, { dryRun: true }, { judgement: 'action' }, { limits: { budgetUsd: null } }, { model: 'openai/n' }])
    expect(await say(wish)).toMatchObject({ status: 409, body: { detail: expect.stringContaining('keeps its model, mode and limits') } });
  expect(await say({ agent: 'codex', model: 'openai/m', mode: 'assisted', dryRun: false, limits })).toMatchObject({ status: 201 });
});

test('refuses an agent that is not ready with what to do, and limits that are none by their name', async () => {
  expect(await ask('/api/threads', 'POST', { goal: 'x', agent: 'claude-code' })).toMatchObject({
    status: 409,
    body: { code: 'conflict', detail: 'Claude Code is not ready. Set ANTHROPIC_API_KEY and start Choir again.' },
  });
  const { status, body } = await ask('/api/threads', 'POST', { goal: 'x', limits: { budgetUsd: -1, steps: 3 } });
  expect(status).toBe(400);
  expect(body.detail).toContain('limits.budgetUsd');
});

test('budgets are set, listed and taken away; costs are added up', async () => {
  expect((await ask('/api/budgets', 'PUT', { scope: 'workspace', limitUsd: 12 })).status).toBe(204);
  const { budgets } = listBudgetsOperation.reply.parse((await ask('/api/budgets')).body);
  expect(budgets).toMatchObject([{ scope: 'workspace', limitUsd: 12, period: 'month', spentUsd: 0 }]);
  expect((await ask('/api/budgets?scope=workspace', 'DELETE')).status).toBe(204);
  expect((await ask('/api/budgets?scope=workspace', 'DELETE')).status).toBe(404);
  expect(listCostsOperation.reply.parse((await ask('/api/costs?by=day&days=7')).body)).toEqual({ costs: [], totalUsd: 0 });
  expect((await ask('/api/costs?by=mood')).status).toBe(400);
});

test('what is no operation is answered as the API answers, not with a page', async () => {
  for (const method of ['GET', 'POST', 'PUT', 'DELETE'])
    expect(await ask('/api/nonsense/here', method)).toMatchObject({
      status: 404,
      type: 'application/problem+json',
      body: { code: 'not-found', title: 'Not found' },
    });
});
