import { readFile, stat, writeFile } from 'node:fs/promises';
import { expect, test } from 'vitest';
import { testWebServices } from '#tests/web-services.ts';
import { authenticate } from './authenticate.ts';
import { ensureCliToken } from './ensure-cli-token.ts';

const services = await testWebServices();
const tokenAt = async (path: string) => (await readFile(path, 'utf8')).trim();
const opens = async (token: string) => (await authenticate(services, new Headers({ authorization: `Bearer ${token}` }))) !== null;

test('leaves a working token that only this user may read, and keeps it while it works', async () => {
  const path = await ensureCliToken(services);
  const token = await tokenAt(path);
  expect(await opens(token)).toBe(true);
  expect((await stat(path)).mode & 0o777).toBe(0o600);
  expect(await tokenAt(await ensureCliToken(services))).toBe(token);
});

test('replaces one that does not work', async () => {
  const path = await ensureCliToken(services);
  for (const broken of ['', 'choir_token_forged', 'two\nlines\u2603']) {
    await writeFile(path, broken);
    expect(await opens(await tokenAt(await ensureCliToken(services)))).toBe(true);
  }
});
