import { execFile } from 'node:child_process';
import { expect, test } from 'vitest';
import { ensureCliToken } from '#lib/auth/ensure-cli-token.ts';
import { serveApi } from '#tests/serve-api.ts';
import { testWebServices } from '#tests/web-services.ts';

const services = await testWebServices();
const url = await serveApi(services);
await ensureCliToken(services);

function choir(...args: string[]): Promise<{ code: number; stdout: string; stderr: string }> {
  const env = {
    NODE_ENV: 'production' as const,
    PATH: process.env.PATH,
    CHOIR_HOME: services.home.root,
    CHOIR_URL: url,
    NO_COLOR: '1',
    TZ: 'UTC',
  };
  return new Promise((resolve) => {
    execFile(process.execPath, ['bin/choir.mjs', ...args], { env }, (error, stdout, stderr) => {
      resolve({ code: typeof error?.code === 'number' ? error.code : 0, stdout, stderr });
    });
  });
}

test('rules are said back before they hold, listed, and revoked', async () => {
  const words = ['rules', 'add', 'never touch migrations/, and ask before deleting until 2099-01-01'];
  const shown = await choir(...words);
  expect(shown).toMatchObject({ code: 2, stderr: expect.stringContaining('Add --yes') });
  expect(shown.stdout).toContain('`migrations/` (in any folder) may not be changed');
  expect(await choir(...words, '--yes')).toMatchObject({
    code: 0,
    stdout: expect.stringContaining('They hold. npx choir rules lists them.'),
  });
  const { stdout } = await choir('rules', 'list', '--json');
  const [never, ask] = JSON.parse(stdout);
  expect([never.effect, ask.effect, ask.until]).toEqual(['deny', 'ask', '2099-01-01T23:59:59.000Z']);
  expect((await choir('rules')).stdout).toMatch(
    /^✗ `migrations\/`.*\n.* {2}everywhere.* · Owner said “never touch migrations\/”.*\n\? You are asked/,
  );

  expect(await choir('rules', 'revoke', never.ruleId)).toMatchObject({ code: 0, stdout: 'Revoked.\n' });
  expect(await choir('rules', 'revoke', never.ruleId)).toMatchObject({ code: 2, stderr: 'No such rule holds.\n' });
});

test('what is not understood, or unknown, is refused with what is wrong', async () => {
  expect(await choir('rules', 'add', 'be nice', '--yes')).toMatchObject({ code: 2, stderr: 'Not understood: be nice. Nothing was set.\n' });
  expect(await choir('rules', 'add', 'no network', '--project', 'nowhere', '--yes')).toMatchObject({
    code: 2,
    stderr: expect.stringContaining('no such project'),
  }); // prettier-ignore
  expect(await choir('approve', 'ap_x', '--remember', 'forever')).toMatchObject({
    code: 2,
    stderr: expect.stringContaining('--remember is one of'),
  }); // prettier-ignore
});
