import { spawnSync } from 'node:child_process';
import { cpSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';

test('what is installed sees neither keys nor tokens, and a failed install is said', () => {
  const checkout = mkdtempSync(join(tmpdir(), 'choir-launch-'));
  onTestFinished(() => rmSync(checkout, { recursive: true }));
  cpSync('bin/launch.mjs', join(checkout, 'bin', 'launch.mjs'));
  writeFileSync(join(checkout, 'package-lock.json'), '{"packages":{}}');
  const npm = join(checkout, 'npm.js');
  writeFileSync(npm, 'console.log(JSON.stringify(process.env)); process.exit(1)');
  const secrets = {
    ANTHROPIC_API_KEY: 'hush',
    CLAUDE_CODE_OAUTH_TOKEN: 'hush',
    GEMINI_API_KEY: 'hush',
    TELEGRAM_BOT_TOKEN: 'hush',
    DATABASE_URL: 'postgres://choir:hush@127.0.0.1/choir',
    CHOIR_TOKEN: 'hush',
  };
  const { stdout, stderr, status } = spawnSync(process.execPath, [join(checkout, 'bin', 'launch.mjs'), 'start'], {
    encoding: 'utf8',
    env: { ...process.env, ...secrets, npm_execpath: npm, npm_config_registry: 'https://registry.example.com' },
  });
  expect(stdout).toContain('registry.example.com');
  expect(stdout).not.toContain('hush');
  expect(stderr).toContain('could not be installed');
  expect(status).toBe(1);
});
