import { createAnthropic } from '@ai-sdk/anthropic';
import { createGoogleGenerativeAI } from '@ai-sdk/google';
import { createOpenAI } from '@ai-sdk/openai';
import { createOpenAICompatible } from '@ai-sdk/openai-compatible';
import type { LanguageModel } from 'ai';
import type { ModelAccess } from '../agent.ts';
import type { ModelChoice } from './choose-model.ts';

// What a provider lacks is no news for a worker's log.
globalThis.AI_SDK_LOG_WARNINGS = false;

/** Which of OpenAI's protocols the address behind it speaks: its own servers both, most others the older one. */
export type OpenAiProtocol = 'responses' | 'chat';

/** The model behind the gateway, which puts the key in. */
export function openModel({ provider, model }: ModelChoice, { fetch, token }: ModelAccess, openAi: OpenAiProtocol): LanguageModel {
  switch (provider) {
    case 'anthropic':
      return createAnthropic({ baseURL: 'http://gateway/anthropic/v1', apiKey: token, fetch })(model);
    case 'google':
      return createGoogleGenerativeAI({ baseURL: 'http://gateway/google/v1beta', apiKey: token, fetch })(model);
    case 'openai': {
      const baseURL = 'http://gateway/openai/v1';
      if (openAi === 'responses') return createOpenAI({ baseURL, apiKey: token, fetch }).responses(model);
      // Without `supportsStructuredOutputs` the schema of a plan is silently left out.
      return createOpenAICompatible({ name: 'openai', baseURL, apiKey: token, fetch, supportsStructuredOutputs: true, includeUsage: true })(
        model,
      );
    }
  }
}

/** The ledger alone must be enough to go on: nothing is left at the provider, and what it must read again is sent whole. */
export const providerOptions = {
  openai: { store: false },
  anthropic: { cacheControl: { type: 'ephemeral' } },
} as const;
