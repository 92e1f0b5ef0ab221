import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { expect, test } from 'vitest';

test('a terminal that goes away while it asks is an interruption', async () => {
  const script = `
    const { openTerminal } = await import('./bin/cli/terminal.ts');
    const terminal = openTerminal({});
    await terminal.ask('Sure? ').catch(() => {});
    console.log(terminal.signal.aborted);`;
  const running = promisify(execFile)(process.execPath, ['--input-type=module', '--eval', script]);
  running.child.stdin?.end();
  expect((await running).stdout).toMatch(/true\n$/);
});
