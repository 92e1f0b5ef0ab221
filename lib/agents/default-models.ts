import type { ProviderId } from '#lib/core/model-call.ts';

/** The model of each provider that an agent works with where nobody chose one: good at tools, not the dearest, with a known price. */
export const defaultModels: Record<ProviderId, string> = {
  anthropic: 'claude-sonnet-5-5',
  openai: 'gpt-6-sol',
  google: 'gemini-3.8-flash',
};
