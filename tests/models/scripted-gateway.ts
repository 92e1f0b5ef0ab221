import { afterAll } from 'vitest';
import type { RunLimits } from '#lib/core/limits/run-limits.ts';
import { createPrices } from '#lib/prices/create-prices.ts';
import type { PriceTable } from '#lib/prices/price-table.ts';
import type { ModelSettings } from '#lib/settings.ts';
import { idleAgent } from '#tests/agents/idle-agent.ts';
import { testWorker } from '#tests/test-worker.ts';
import { createGateway } from '#workers/gateway/create-gateway.ts';
import { openGateway } from '#workers/gateway/gateway-access.ts';
import { readUpstreams } from '#workers/gateway/upstream.ts';
import { modelCallsOf } from './model-calls.ts';
import { scriptedUpstream } from './scripted-upstream.ts';

type Options = { settings: (url: string) => ModelSettings; prices?: PriceTable; idleTimeoutMs?: number };

/** A model gateway before a scripted model server, and runs that nobody works on to call it for. At the top level of a test file. */
export async function scriptedGateway({ settings, prices = {}, idleTimeoutMs }: Options) {
  const { context, home, open } = await testWorker();
  const upstream = await scriptedUpstream();
  const upstreams = readUpstreams(settings(upstream.url));
  const options = { ...context, upstreams, prices: createPrices(prices), idleTimeoutMs };
  const server = await createGateway(options);
  const gateway = openGateway({ home, providers: [...upstreams.keys()] });
  afterAll(async () => {
    await gateway.close();
    await server.close();
  });

  return {
    context,
    home,
    options,
    upstream,
    gateway,
    /** A run with its token, and the model calls that its ledger holds. */
    async run(given: { limits?: RunLimits; projectId?: string } = {}) {
      const opened = await open(idleAgent, given);
      const token = gateway.tokenFor(opened);
      const calls = () => modelCallsOf(context.database, opened.threadId);
      return { ...opened, token, calls };
    },
  };
}
