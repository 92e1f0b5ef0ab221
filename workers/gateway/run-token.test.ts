import { execFile } from 'node:child_process';
import { readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { expect, test } from 'vitest';
import { forLedger } from '#lib/core/storable.ts';
import { testHome } from '#tests/services.ts';
import { readRunToken, runTokenSecret, signRunToken } from './run-token.ts';

const home = await testHome();
const run = { threadId: 'th_0123456789abcdef', runId: 'ru_0123456789abcdef' };

test('the secret is made once, whoever asks, and only this user reads it', async () => {
  const secret = runTokenSecret(home);
  expect(runTokenSecret(home)).toEqual(secret);
  const path = join(home.root, 'gateway-secret');
  expect((await stat(path)).mode & 0o777).toBe(0o600);
  expect(Buffer.from(await readFile(path, 'utf8'), 'base64url')).toEqual(secret);
});

test('processes that make it at the same time agree', async () => {
  const other = await testHome();
  const make = `import { runTokenSecret } from '${import.meta.dirname}/run-token.ts';
    console.log(runTokenSecret({ root: '${other.root}' }).toString('hex'));`;
  const makers = Array.from({ length: 4 }, () => promisify(execFile)(process.execPath, ['--input-type=module', '--eval', make]));
  const secrets = (await Promise.all(makers)).map(({ stdout }) => stdout.trim());
  expect(secrets[0]).toMatch(/^[0-9a-f]{64}$/);
  expect(new Set(secrets).size).toBe(1);
});

test('a token is known for what it is wherever an event would keep it', () => {
  const token = signRunToken(runTokenSecret(home), run);
  expect(forLedger({ [token]: [`API_KEY=${token}`] })).toEqual({ '[hidden]': ['API_KEY=[hidden]'] });
});

test('a token names the run it was signed for', () => {
  const secret = runTokenSecret(home);
  const token = signRunToken(secret, run);
  expect(token).toMatch(/^[\w.-]+$/);
  expect(readRunToken(secret, token)).toEqual(run);
});

test('rejects a token that was changed, cut, or signed by another installation', () => {
  const secret = runTokenSecret(home);
  const token = signRunToken(secret, run);
  const others = [
    '',
    token.slice(0, -1),
    `${token}x`,
    token.replace('ru_0', 'ru_1'),
    token.replace('th_0', 'th_1'),
    signRunToken(Buffer.alloc(32), run),
    token.replace(/[^.]+$/, ''),
  ];
  for (const other of others) expect(readRunToken(secret, other)).toBeNull();
});
