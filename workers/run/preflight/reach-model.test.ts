import { expect, test } from 'vitest';
import { hasty, scripted, step } from '#tests/models/scripted-model.ts';
import { testWorker } from '#tests/test-worker.ts';
import { createModelAgent } from '../../agents/model/model-agent.ts';
import { openGateway } from '../../gateway/gateway-access.ts';
import { reachModel } from './reach-model.ts';

const bench = await testWorker({ respond: scripted({ plan: [step('s1', 'Nothing')], answers: [{ content: 'Done.' }] }) });
const gateway = bench.models!.gateway;

async function reach(model?: string, token?: string) {
  const { threadId, runId } = await bench.open(createModelAgent({ patience: hasty }), { agent: 'model' });
  return reachModel(gateway, { providers: ['anthropic', 'google'], model, token: token ?? gateway.tokenFor({ threadId, runId }) });
}

test('a provider that answers is reached, without a call that costs', async () => {
  expect(await reach()).toEqual({ ok: true, detail: 'anthropic answers' });
  expect(await reach('google/gemini-3.8-flash')).toEqual({ ok: true, detail: 'google/gemini-3.8-flash answers' });
});

test('says what is missing: the provider, the key, or the gateway', async () => {
  expect(await reach('openai/gpt-5.6')).toEqual({ ok: false, detail: 'No model of openai is set up here.' });
  expect(await reach('anthropic/claude-sonnet-5-5', 'forged')).toEqual({ ok: false, detail: 'anthropic does not accept the key (401).' });
  const gone = openGateway({ home: { ...bench.home, gatewaySocket: '/nonexistent/socket' }, providers: ['anthropic'] });
  expect(await reachModel(gone, { providers: ['anthropic'], token: '' })).toEqual({
    ok: false,
    detail: 'The model gateway does not answer.',
  });
});
