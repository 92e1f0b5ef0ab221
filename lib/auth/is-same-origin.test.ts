import { expect, test } from 'vitest';
import { isSameOrigin } from './is-same-origin.ts';

const host = 'choir.local:3000';
const check = (headers: Record<string, string>, publicUrl?: string) => isSameOrigin(new Headers({ host, ...headers }), publicUrl);

test('accepts a page of Choir, with or without fetch metadata', () => {
  expect(check({ origin: `http://${host}`, 'sec-fetch-site': 'same-origin' })).toBe(true);
  expect(check({ origin: `http://${host}` })).toBe(true);
  expect(check({ 'sec-fetch-site': 'same-origin' })).toBe(true);
});

test('accepts the public address behind a proxy that renames the host', () => {
  expect(check({ origin: 'https://choir.example' }, 'https://choir.example/')).toBe(true);
});

test('refuses other sites, other ports of the same machine, opaque origins and requests that say nothing', () => {
  expect(check({ origin: 'https://evil.example', 'sec-fetch-site': 'cross-site' })).toBe(false);
  expect(check({ origin: 'http://choir.local:8080', 'sec-fetch-site': 'same-site' })).toBe(false);
  expect(check({ origin: 'http://choir.local:8080' })).toBe(false);
  expect(check({ origin: 'null' })).toBe(false);
  expect(check({ 'sec-fetch-site': 'none' })).toBe(false);
  expect(check({})).toBe(false);
});
