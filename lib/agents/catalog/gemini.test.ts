import { spawnSync } from 'node:child_process';
import { chmod, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { geminiProgram } from './gemini.ts';

test('a command says how it ended in the last line of all that it wrote', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'shell-'));
  onTestFinished(() => rm(folder, { recursive: true }));
  const { files } = geminiProgram.launch({
    ...{ packages: '/opt', home: '/home', tree: '/workspace', goal: '', providers: [] },
    ...{ gatewayUrl: () => '', token: '', model: null, bridge: null },
  });
  await writeFile(join(folder, 'bash'), files['.choir/bin/bash'] ?? '');
  await chmod(join(folder, 'bash'), 0o755);
  const env = { ...process.env, PATH: `${folder}:${process.env.PATH}` };
  const run = (script: string) => spawnSync(join(folder, 'bash'), ['-c', script], { env, encoding: 'utf8' });
  const { exitLine } = geminiProgram.protocol as { exitLine: RegExp };

  expect(run('echo fine')).toMatchObject({ stdout: 'fine\n', stderr: '', status: 0 });
  for (const [script, code] of [
    ['echo out; echo wrong >&2; exit 3', 3],
    ['echo out; kill -9 $$', 137],
  ] as const) {
    const { stdout, stderr, status } = run(script);
    expect({ stderr, status, told: Number(exitLine.exec(stdout)?.[1]) }).toEqual({ stderr: '', status: code, told: code });
    expect(stdout).toMatch(/^out\n/);
  }
});
