import { spawn } from 'node:child_process';
import { Writable } from 'node:stream';
import { setTimeout } from 'node:timers/promises';
import type { Command, ExecResult, Limits, OutputListener } from '../../sandbox.ts';
import { hasCode } from '../overlay/byte-path.ts';
import { createBoundedOutput } from './bounded-output.ts';
import { childEnvironment } from './child-environment.ts';
import { startDeadline } from './deadline.ts';
import { handOver, type PipeStock, readPipe } from './pipe-stock.ts';

const stragglersMs = 200;

export type PlainCommand = {
  pipes: PipeStock;
  cwd: string;
  argv: string[];
  env: Record<string, string>;
  stdin: Command['stdin'];
  limits: Limits;
  signal: AbortSignal;
  onOutput?: OutputListener;
};

/** The watcher kills the command's group when Choir's end of the pipe goes, whether Choir ended the command or died. */
const script = `( read -r end <&3; kill -9 -$$ ) >/dev/null 2>&1 &
ulimit -c 0
ulimit -f "$1" 2>/dev/null
cd -- "$2" 2>/dev/null || { echo "There is no folder $2." >&2; exit 126; }
shift 2
exec "$@" 3<&-`;

/** Runs a command with no wall around it: limits on time, output and file size only. Its process group ends with it. */
export async function runPlain(input: PlainCommand): Promise<ExecResult> {
  const { limits } = input;
  const startedAt = performance.now();
  const stdout = createBoundedOutput(limits.outputBytes, (text) => input.onOutput?.('stdout', text));
  const stderr = createBoundedOutput(limits.outputBytes, (text) => input.onOutput?.('stderr', text));
  const blocks = String(Math.ceil(limits.fileBytes / 512));
  const pipes = { stdout: await input.pipes.take(), stderr: await input.pipes.take() };
  const child = handOver([pipes.stdout, pipes.stderr], () =>
    spawn('/bin/sh', ['-c', script, 'sh', blocks, input.cwd, ...input.argv], {
      detached: true,
      env: childEnvironment(input.env),
      stdio: ['pipe', pipes.stdout.writeFd, pipes.stderr.writeFd, 'pipe'],
    }),
  );
  const readers = [readPipe(pipes.stdout, stdout.write), readPipe(pipes.stderr, stderr.write)];
  child.stdin?.on('error', () => undefined).end(input.stdin);
  const guard: unknown = child.stdio[3];
  const kill = () => guard instanceof Writable && guard.destroy();
  using deadline = startDeadline(input.signal, limits.timeoutMs, kill);
  const code = await new Promise<number | null>((resolve, reject) => {
    child.once('error', reject);
    child.once('exit', resolve);
  });
  kill();
  if (child.pid) endGroup(child.pid);
  // A process that left the group for a session of its own may hold the pipes for ever.
  await Promise.race([Promise.all(readers.map((reader) => reader.ended)), setTimeout(stragglersMs)]);
  for (const reader of readers) reader.close();
  const ended = deadline.ended() ?? (code === null ? 'killed' : 'exited');
  const durationMs = performance.now() - startedAt;
  return { returncode: ended === 'exited' ? code : null, ended, stdout: stdout.end(), stderr: stderr.end(), durationMs };
}

/** Once SIGKILL is pending a process runs no further instruction of its own. */
function endGroup(leader: number): void {
  try {
    process.kill(-leader, 'SIGKILL');
  } catch (error) {
    if (!hasCode(error, 'ESRCH', 'EPERM')) throw error;
  }
}
