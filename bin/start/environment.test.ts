import { afterEach, expect, test, vi } from 'vitest';
import { choirHome } from '#lib/home.ts';
import { modelChoice, partEnvironment } from './environment.ts';

const home = choirHome('/data');
const addresses = { DATABASE_URL: 'postgres://x', NATS_URL: 'nats://x', CHOIR_MODEL_PROVIDERS: 'anthropic' };

afterEach(() => vi.unstubAllEnvs());

test('only the gateway gets what belongs to a model provider; the others are told which there are', () => {
  vi.stubEnv('ANTHROPIC_API_KEY', 'secret');
  vi.stubEnv('OPENAI_BASE_URL', 'http://user:secret@127.0.0.1:8080/v1');
  vi.stubEnv('GEMINI_API_KEY', 'secret');
  vi.stubEnv('CLAUDE_CODE_OAUTH_TOKEN', 'secret');
  for (const part of ['web', 'worker', 'bot'] as const) {
    const environment = partEnvironment(part, home, addresses);
    expect(JSON.stringify(environment)).not.toContain('secret');
    expect(environment.CHOIR_MODEL_PROVIDERS).toBe('anthropic');
  }
  expect(partEnvironment('gateway', home, addresses).ANTHROPIC_API_KEY).toBe('secret');
});

test('the providers follow from the keys and the addresses, and an empty variable counts as none', () => {
  expect(modelChoice({})).toEqual({});
  expect(modelChoice({ ANTHROPIC_API_KEY: '', GEMINI_API_KEY: 'k', OPENAI_BASE_URL: 'http://127.0.0.1:8080/v1' })).toEqual({
    CHOIR_MODEL_PROVIDERS: 'openai,google',
    CHOIR_OPENAI_PROTOCOL: 'chat',
    CHOIR_MODEL_ADDRESSES: 'openai=http://127.0.0.1:8080/v1',
  });
  expect(modelChoice({ ANTHROPIC_API_KEY: 'k', CHOIR_MODEL: 'anthropic/claude-sonnet-4-5' })).toEqual({
    CHOIR_MODEL_PROVIDERS: 'anthropic',
    CHOIR_MODEL: 'anthropic/claude-sonnet-4-5',
  });
});

test('an address that is no http address stops the start with its name', () => {
  expect(() => modelChoice({ OPENAI_BASE_URL: 'file:///etc/passwd' })).toThrow(/OPENAI_BASE_URL/);
});
