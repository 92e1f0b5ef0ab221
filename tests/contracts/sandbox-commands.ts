import { describe, expect, test } from 'vitest';
import { waitUntil } from '#bin/services/wait-until.ts';
import { hold, programsIn } from '#tests/held-commands.ts';
import type { ExecOptions } from '#workers/sandbox/sandbox.ts';
import { type ContractInput, execShell, sandboxUnderTest } from './sandbox-under-test.ts';

/** What every kind of sandbox promises of a command: its output, its end and its limits. */
export function describeCommandContract({ name, create }: ContractInput): void {
  describe(`${name}: a sandbox's commands`, () => {
    const bench = sandboxUnderTest(create);

    test('gives exit code, stdout and stderr', async () => {
      const { transaction } = await bench.begin();
      const result = await execShell(transaction, 'echo out; echo err > /dev/stderr; exit 3');
      expect(result).toMatchObject({ returncode: 3, ended: 'exited', stdout: 'out\n', stderr: 'err\n' });
    });

    test('passes stdin and streams output as it comes', async () => {
      const { transaction } = await bench.begin();
      const heard: string[] = [];
      const onOutput: ExecOptions['onOutput'] = (stream, text) => heard.push(`${stream}:${text}`);
      const result = await execShell(transaction, 'cat; echo "e" >&2', { stdin: 'from outside', onOutput });
      expect(result.stdout).toBe('from outside');
      expect(heard.sort()).toEqual(['stderr:e\n', 'stdout:from outside']);
    });

    test('names a program that is not there', async () => {
      const { transaction } = await bench.begin();
      const result = await transaction.exec(
        { argv: ['no-such-program'], cwd: '.', network: { mode: 'deny' } },
        { signal: new AbortController().signal },
      );
      expect(result.returncode).toBe(127);
      expect(result.stderr).toContain('no-such-program');
    });

    test('rejects a command that no kernel takes, and goes on', async () => {
      const { transaction } = await bench.begin();
      await expect(execShell(transaction, `: ${'x'.repeat(200_000)}`)).rejects.toThrow(/E2BIG|could not start/);
      expect((await execShell(transaction, 'echo fine')).stdout).toBe('fine\n');
    });

    test('bounds a flood of output to its head and tail', async () => {
      const { transaction } = await bench.begin();
      let streamed = 0;
      const result = await execShell(transaction, 'echo first; head -c 100000000 /dev/zero | tr "\\0" x; echo; echo last', {
        limits: { outputBytes: 10_000 },
        onOutput: (_, text) => {
          streamed += text.length;
        },
      });
      expect(result.stdout.length).toBeLessThan(10_200);
      expect(result.stdout).toMatch(/^first\nx+\n\.\.\. \d+ bytes left out \.\.\.\nx+\nlast\n$/);
      expect(streamed).toBeLessThan(10_200);
    });

    test('shows binary output as replacement characters', async () => {
      const { transaction } = await bench.begin();
      const result = await execShell(transaction, `printf 'a\\0b\\xffc'`);
      expect(result.stdout).toBe('a\ufffdb\ufffdc');
    });

    test('ends a command at its time limit, with all that it started', async () => {
      const { transaction } = await bench.begin();
      const held = hold();
      const result = await execShell(transaction, `(${held} &) ; ${held} & ${held}`, { limits: { timeoutMs: 400 } });
      expect(result).toMatchObject({ ended: 'timed-out', returncode: null });
      await untilGone(held);
    });

    test('ends a command when the signal aborts, and runs none when it has', async () => {
      const { transaction } = await bench.begin();
      const controller = new AbortController();
      const running = execShell(transaction, 'echo up; sleep 1000', { signal: controller.signal, onOutput: () => controller.abort() });
      expect(await running).toMatchObject({ ended: 'aborted', returncode: null, stdout: 'up\n' });
      const late = await execShell(transaction, 'touch ran', { signal: controller.signal });
      expect(late.ended).toBe('aborted');
      expect(await transaction.changes()).toEqual([]);
    });

    test('stop ends what runs for the thread', async () => {
      const { threadId, transaction } = await bench.begin();
      const started = Promise.withResolvers<void>();
      const running = execShell(transaction, 'echo up; sleep 1000', { onOutput: () => started.resolve() });
      await started.promise;
      await bench.sandbox.stop(threadId);
      expect((await running).ended).toBe('aborted');
    });

    test('what a command leaves in the background ends with it', async () => {
      const { transaction } = await bench.begin();
      const held = hold();
      const { returncode } = await execShell(
        transaction,
        `nohup sh -c "touch up; exec ${held}" >/dev/null 2>&1 & while [ ! -e up ]; do :; done`,
      );
      expect(returncode).toBe(0);
      await untilGone(held);
    });

    test('bounds the size of a file', async () => {
      const { transaction } = await bench.begin();
      const result = await execShell(transaction, 'head -c 5000000 /dev/zero > big; echo $?; stat -c %s big', {
        limits: { fileBytes: 1_048_576 },
      });
      expect(result.stdout).toBe('153\n1048576\n');
    });
  });
}

/** Until no process of the machine has the number of a held command in its line. */
async function untilGone(held: string): Promise<void> {
  const number = held.slice(held.lastIndexOf(' ') + 1);
  await waitUntil(async () => (await programsIn(number)).length === 0, { what: `${held} runs on`, timeoutMs: 10_000 });
}
