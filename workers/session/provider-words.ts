import type { ProviderId } from '#lib/core/model-call.ts';
import { providerName } from '#workers/agents/model/choose-model.ts';
import { cleanText } from './acp/clean-text.ts';

/** The gateway as a sandbox sees it: see `open-program.ts`. */
const gatewayAddress = /\bhttps?:\/\/(?:127\.0\.0\.1:\d+|gateway)\/(anthropic|openai|google)\b[^\s"'`)\]},]*/g;

/** An agent's words about a failed call, with the provider in the place of an address that means nothing to a person. */
export function providerWords(text: string, limit: number): string {
  return cleanText(
    text.replaceAll(gatewayAddress, (_, provider: ProviderId) => providerName(provider)),
    limit,
  );
}
