import type { ProviderId } from '#lib/core/model-call.ts';
import type { ActiveRun } from '#lib/core/state.ts';
import { providerName } from '#workers/agents/model/choose-model.ts';
import { gatewayPort } from '#workers/sandbox/sandbox.ts';
import { cleanText } from './acp/clean-text.ts';

/** The gateway as a sandbox sees it: see `open-program.ts`. */
const gatewayAddress = new RegExp(
  `\\bhttps?://(?:127\\.0\\.0\\.1:${gatewayPort}|gateway)/(anthropic|openai|google)\\b[^\\s"'\`)\\]},]*`,
  'g',
);

/** An agent's words about a failed call, with the provider in the place of an address that means nothing to a person. */
export function providerWords(text: string, limit: number): string {
  return cleanText(
    text.replaceAll(gatewayAddress, (_, provider: ProviderId) => providerName(provider)),
    limit,
  );
}

/** What an agent said, without its lines about a call that no budget allowed: the question about the budget says that, once and in words for a person. */
export function agentWords(text: string, refusal: ActiveRun['refusal']): string {
  const lines = refusal?.message ? text.split('\n').filter((line) => !line.includes(refusal.message)) : [text];
  return providerWords(lines.join('\n'), Number.POSITIVE_INFINITY).trim();
}
