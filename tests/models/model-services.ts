import { type ChatCompletionRequest, type FixtureResponse, LLMock } from '@copilotkit/aimock';
import { afterAll } from 'vitest';
import type { Services } from '#lib/context.ts';
import type { ProviderId } from '#lib/core/model-call.ts';
import { createPrices } from '#lib/prices/create-prices.ts';
import type { PriceTable } from '#lib/prices/price-table.ts';
import { createGateway } from '#workers/gateway/create-gateway.ts';
import { type Gateway, openGateway } from '#workers/gateway/gateway-access.ts';
import { readUpstreams } from '#workers/gateway/upstream.ts';
import { spellNamespaces } from './responses-namespaces.ts';

/** What the scripted model says to a request, whatever protocol it came in: `{content}`, `{toolCalls: [{name, arguments}]}`, both, or `{error, status}`. */
export type Respond = (request: ChatCompletionRequest) => FixtureResponse | Promise<FixtureResponse>;

export type TestModels = {
  gateway: Gateway;
  /** The scripted server in the providers' place: its journal, its faults. */
  mock: LLMock;
  /** The keys that only the gateway has, to look for where they must not be. */
  keys: string[];
};

/** Counted in all three protocols' own words. */
export function tokens(input: number, output: number) {
  return {
    input_tokens: input,
    output_tokens: output,
    prompt_tokens: input,
    completion_tokens: output,
    total_tokens: input + output,
    promptTokenCount: input,
    candidatesTokenCount: output,
    totalTokenCount: input + output,
  };
}

const keys: Record<ProviderId, string> = {
  anthropic: 'test-key-anthropic-8f2e',
  openai: 'test-key-openai-51c7',
  google: 'test-key-google-d90b',
};

/**
 * A real gateway on `services.home`, for all three providers, with a scripted server behind it that accepts the real keys alone. An answer that
 * names no usage counts 1,000 tokens in and 50 out. `namespaces`: see `spellNamespaces`; `chunkSize`: characters that come at once. Call at the top level of a test file; closed after its last test.
 */
export async function testModels(
  services: Pick<Services, 'database' | 'ledger' | 'home'>,
  respond: Respond,
  prices: PriceTable = {},
  { namespaces = false, chunkSize }: { namespaces?: boolean; chunkSize?: number } = {},
): Promise<TestModels> {
  const mock = new LLMock({ port: 0, host: '127.0.0.1', logLevel: 'silent', chunkSize });
  mock.on({ predicate: () => true }, async (request) => ({ usage: tokens(1_000, 50), ...(await respond(request)) }));
  await mock.start();
  const upstreams = readUpstreams({
    ANTHROPIC_API_KEY: keys.anthropic,
    ANTHROPIC_BASE_URL: mock.url,
    OPENAI_API_KEY: keys.openai,
    OPENAI_BASE_URL: `${namespaces ? await spellNamespaces(mock.url) : mock.url}/v1`,
    GEMINI_API_KEY: keys.google,
    GOOGLE_GEMINI_BASE_URL: mock.url,
  });
  const server = await createGateway({ ...services, upstreams, prices: createPrices(prices) });
  const gateway = openGateway({ home: services.home, providers: [...upstreams.keys()] });
  afterAll(async () => {
    await gateway.close();
    await server.close();
    await mock.stop();
  });
  return { gateway, mock, keys: Object.values(keys) };
}
