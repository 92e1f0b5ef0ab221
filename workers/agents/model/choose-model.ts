import { defaultModels } from '#lib/agents/default-models.ts';
import { missingKey } from '#lib/agents/list-agents.ts';
import { type ProviderId, providerIds } from '#lib/core/model-call.ts';

export type ModelChoice = { provider: ProviderId; model: string };

const providerNames: Record<ProviderId, string> = { anthropic: 'Anthropic', openai: 'OpenAI', google: 'Google' };

/** Tokens that a model takes in, by its name; what is not known is taken for the smallest that is common. */
const windows: [name: RegExp, tokens: number][] = [
  [/claude-(?:opus|sonnet|haiku|fable)-(?:4-[6-9]|[5-9])/, 1_000_000],
  [/claude/, 200_000],
  [/gemini/, 1_000_000],
  [/gpt-(?:4\.1|5\.[4-9]|[6-9])/, 1_000_000],
  [/gpt-5/, 400_000],
];
const commonWindow = 128_000;

/**
 * Which model works: `wanted` as 'provider/model', or a name alone where only one provider is set up; without it the first provider's
 * `usual` one.
 * The refusal is a sentence for the person.
 */
export function chooseModel(
  wanted: string | undefined,
  providers: readonly ProviderId[],
  usual: Partial<Record<ProviderId, string>> = {},
): { ok: true; choice: ModelChoice } | { ok: false; reason: string } {
  const first = providers[0];
  if (!first) return { ok: false, reason: `No model is set up. ${missingKey(providerIds)}` };
  if (!wanted) return { ok: true, choice: { provider: first, model: usual[first] ?? defaultModels[first] } };
  const slash = wanted.indexOf('/');
  const named = providerIds.find((provider) => provider === wanted.slice(0, slash));
  if (!named && providers.length === 1) return { ok: true, choice: { provider: first, model: wanted } };
  if (!named)
    return { ok: false, reason: `Which provider has "${wanted}"? Name it as provider/model, with one of ${providers.join(', ')}.` };
  if (!providers.includes(named))
    return { ok: false, reason: `There is no key for ${providerNames[named]}, which "${wanted}" needs. ${missingKey([named])}` };
  return { ok: true, choice: { provider: named, model: wanted.slice(slash + 1) } };
}

export function providerName(provider: ProviderId): string {
  return providerNames[provider];
}

/** How many tokens the model takes in. */
export function contextWindow({ model }: ModelChoice): number {
  return windows.find(([name]) => name.test(model))?.[1] ?? commonWindow;
}
