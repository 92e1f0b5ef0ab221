import type { ProviderId } from '#lib/core/model-call.ts';

/** As models.dev lists them; the first that fits counts. Anthropic's requests name their limit themselves. */
const known: Record<ProviderId, [RegExp, number][]> = {
  anthropic: [],
  openai: [
    [/^gpt-5[\w.]*-chat/, 16_384],
    [/^gpt-5-pro/, 272_000],
    [/^gpt-5[\w.]*-codex-spark/, 32_000],
    [/^gpt-[56]/, 128_000],
    [/^gpt-4\.1/, 32_768],
    [/^(?:gpt-4o-2024-05-13|gpt-4-turbo|gpt-4-\d{4}-preview|gpt-3\.5)/, 4_096],
    [/^gpt-4o/, 16_384],
    [/^gpt-4/, 8_192],
    [/^o1-mini/, 65_536],
    [/^o1-preview/, 32_768],
    [/^(?:o[134]|codex-mini)/, 100_000],
  ],
  google: [
    [/^gemini-[\w.-]*-lite-image/, 4_096],
    [/^gemini-[\w.-]*-image/, 32_768],
    [/^gemini-[\w.-]*-tts/, 16_384],
    [/^gemini-(?:1|2\.0)/, 8_192],
    [/^gemini-(?:2\.5|3|flash)/, 65_536],
  ],
};

/** Output tokens that a model gives at most in one answer, as its provider publishes them; undefined where that is not known. */
export function longestAnswer(provider: ProviderId, model: string): number | undefined {
  return known[provider].find(([pattern]) => pattern.test(model))?.[1];
}
