import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { writeHome } from './write-home.ts';

const root = mkdtempSync(join(tmpdir(), 'choir-homes-'));
afterAll(() => rmSync(root, { recursive: true, force: true }));

test('follows no link that an agent left in its home, and leaves nothing beside it', async () => {
  const home = join(root, 'agent');
  const outside = join(root, 'outside');
  mkdirSync(home);
  mkdirSync(outside);
  writeFileSync(join(outside, 'settings.json'), 'of the host');
  symlinkSync(outside, join(home, '.tool'));
  symlinkSync(join(outside, 'settings.json'), join(home, 'plain.json'));
  await writeHome(home, { '.tool/settings.json': 'mine', 'plain.json': 'mine too', script: '#!/bin/sh\n' });
  expect(readFileSync(join(outside, 'settings.json'), 'utf8')).toBe('of the host');
  expect(readFileSync(join(home, '.tool', 'settings.json'), 'utf8')).toBe('mine');
  expect(readFileSync(join(home, 'plain.json'), 'utf8')).toBe('mine too');
  const modes = ['plain.json', 'script'].map((name) => statSync(join(home, name)).mode & 0o777);
  expect(modes).toEqual([0o600, 0o700]);
  expect(readdirSync(root).sort()).toEqual(['agent', 'outside']);
  expect(existsSync(join(outside, '.tool'))).toBe(false);
});
