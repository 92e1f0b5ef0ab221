import { expect, test } from 'vitest';
import { findRoute, presentedToken } from './model-route.ts';

const paths = (method: string, ...urls: string[]) => urls.map((url) => findRoute(method, url)).map((found) => found.ok && found.route.path);

test('serves what is counted, and what is free, of each provider', () => {
  expect(paths('POST', '/anthropic/v1/messages?beta=true', '/openai/v1/responses', '/openai/chat/completions')).toEqual([
    'messages',
    'responses',
    'chat/completions',
  ]);
  expect(findRoute('POST', '/google/v1beta/models/gemini-2.5-pro:streamGenerateContent?alt=sse&key=token')).toEqual({
    ok: true,
    route: {
      provider: 'google',
      path: 'models/gemini-2.5-pro:streamGenerateContent',
      search: 'alt=sse',
      protocol: 'google',
      isFree: false,
      model: 'gemini-2.5-pro',
    },
  });
  expect(paths('GET', '/openai/v1/models', '/openai/v1/models/qwen/qwen3', '/anthropic/v1/models', '/google/v1beta/models')).not.toContain(
    false,
  );
});

test('serves nothing else: no other endpoint, method, provider or path that climbs', () => {
  const posts = paths(
    'POST',
    '/anthropic/v1/messages/batches',
    '/openai/v1/images/generations',
    '/openai/v1/files',
    '/google/v1beta/models/../x:generateContent',
    '/google/v1beta/models/%2e%2e:generateContent',
    '/anthropic/../openai/v1/responses',
    '/other/v1/messages',
    'http://evil.example/anthropic/v1/messages',
    '/anthropic/v1/messages/',
    '//anthropic/v1/messages',
  );
  expect(new Set(posts)).toEqual(new Set([false]));
  expect(paths('GET', '/anthropic/v1/messages', '/openai/v1/models/../files', '/openai/v1/models/..')).toEqual([false, false, false]);
  expect(paths('GET', '/google/v1beta/models/..', '/anthropic/v1/models/..', '/anthropic/models/.')).toEqual([false, false, false]);
  expect(paths('DELETE', '/openai/v1/models/x')).toEqual([false]);
});

test('passes up no query that would make an answer whose cost cannot be read', () => {
  const search = (url: string) => {
    const found = findRoute('POST', url);
    return found.ok && found.route.search;
  };
  const model = '/google/v1beta/models/gemini-2.5-pro:generateContent';
  expect(search(`${model}?alt=proto&fields=candidates&callback=f&%24alt=proto&$.xgafv=1&alt=sse`)).toBe('alt=sse');
  expect(search('/anthropic/v1/messages?beta=true&key=k')).toBe('beta=true');
});

test('finds the token where each provider has its key', () => {
  expect(presentedToken('anthropic', { 'x-api-key': 't' }, '/')).toBe('t');
  expect(presentedToken('anthropic', { authorization: 'Bearer t' }, '/')).toBe('t');
  expect(presentedToken('openai', { authorization: 'bearer t' }, '/')).toBe('t');
  expect(presentedToken('google', { 'x-goog-api-key': 't' }, '/')).toBe('t');
  expect(presentedToken('google', {}, '/google/v1beta/models/m:generateContent?key=t')).toBe('t');
  expect(presentedToken('openai', {}, '/openai/v1/responses?key=t')).toBe('');
});
