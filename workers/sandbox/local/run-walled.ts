import { spawn } from 'node:child_process';
import { Readable, Writable } from 'node:stream';
import { finished } from 'node:stream/promises';
import type { Command, ExecResult, Limits, OutputListener } from '../sandbox.ts';
import { createBoundedOutput } from './bounded-output.ts';
import { childEnvironment } from './child-environment.ts';
import type { ControlGroups } from './control-group.ts';
import { startDeadline } from './deadline.ts';
import { handOver, type PipeEnds, type PipeStock, readPipe } from './pipe-stock.ts';
import { endProcess, startTime } from './sandbox-processes.ts';

/** What is the same for every command behind one wall. */
export type Wall = {
  bubblewrap: string;
  view: string[];
  seccomp: Uint8Array | null;
  groups: ControlGroups | null;
  pipes: PipeStock;
  strayDescriptors: number[];
};

export type WalledCommand = {
  wall: Wall;
  /** The transaction's folder; the overlay's options are relative to it. */
  folder: string;
  overlayOptions: string | null;
  mark: string;
  /** bubblewrap arguments of this command: its tree, home, environment. */
  own: string[];
  cwd: string;
  argv: string[];
  stdin: Command['stdin'];
  limits: Limits;
  signal: AbortSignal;
  onOutput?: OutputListener;
};

/** In order: 3 the gate, 4 bubblewrap's arguments, 5 the system call filter, 6 what bubblewrap says of itself. */
const ownPipes = ['pipe', 'pipe', 'pipe', 'pipe'] as const;

const outerScript = `set -efu
IFS='
'
for group in $1; do echo 0 > "$group/cgroup.procs"; done
if [ -n "$2" ]; then mount -t overlay overlay -o "$2" merged; fi
shift 2
exec "$@"`;

/** Nothing starts before Choir knows whom to kill; when Choir dies first the pipe ends and nothing starts at all. */
const innerScript = `read -r go <&3 || exit 125
cd -- "$1" 2>/dev/null || { echo "There is no folder $1." >&2; exit 126; }
shift
exec "$@" 3<&- 4<&- 5<&- 6<&-`;

/**
 * Runs a command behind bubblewrap, in namespaces of its own, and resolves when no process of it is left. Throws when the
 * sandbox could not be set up.
 */
export async function runWalled(input: WalledCommand): Promise<ExecResult> {
  const { wall, limits } = input;
  const startedAt = performance.now();
  const group = wall.groups?.create(limits) ?? null;
  try {
    const pipes = { stdout: await wall.pipes.take(), stderr: await wall.pipes.take() };
    return await run(input, pipes, group?.folders ?? [], () => group?.ranOutOfMemory() ?? false, startedAt);
  } finally {
    await group?.remove();
  }
}

async function run(
  input: WalledCommand,
  pipes: { stdout: PipeEnds; stderr: PipeEnds },
  groups: string[],
  ranOutOfMemory: () => boolean,
  startedAt: number,
): Promise<ExecResult> {
  const { wall, limits, mark } = input;
  const output = {
    stdout: createBoundedOutput(limits.outputBytes, (text) => input.onOutput?.('stdout', text)),
    stderr: createBoundedOutput(limits.outputBytes, (text) => input.onOutput?.('stderr', text)),
  };
  const own = ['--args', '4', ...(wall.seccomp ? ['--seccomp', '5'] : []), '--json-status-fd', '6', '--hostname', mark];
  const program = [wall.bubblewrap, ...own, '--', '/bin/sh', '-c', innerScript, 'sh', input.cwd, ...input.argv];
  const outer = [
    '--user',
    '--map-root-user',
    '--mount',
    '--',
    '/bin/sh',
    '-c',
    outerScript,
    'sh',
    groups.join('\n'),
    input.overlayOptions ?? '',
  ];
  const words = [...outer, 'prlimit', ...resourceLimits(limits, groups.length > 0), '--', ...program];
  const child = handOver([pipes.stdout, pipes.stderr], () =>
    spawn('unshare', words, {
      cwd: input.folder,
      env: childEnvironment({ PATH: '/usr/sbin:/usr/bin:/sbin:/bin' }),
      stdio: [input.stdin ? 'pipe' : 'ignore', pipes.stdout.writeFd, pipes.stderr.writeFd, ...ownPipes, ...wall.strayDescriptors],
    }),
  );
  const drained = Promise.all([readPipe(pipes.stdout, output.stdout.write).ended, readPipe(pipes.stderr, output.stderr.write).ended]);
  const ends: readonly unknown[] = child.stdio;
  const [gate, options, filter] = ends.slice(3, 6).map(writable);
  const statusPipe = ends[6];
  if (!(statusPipe instanceof Readable) || !gate || !options || !filter) throw new Error('The sandbox could not start: no pipes.');
  options.end(Buffer.from(`${[...wall.view, ...input.own].join('\0')}\0`));
  filter.end(wall.seccomp ?? undefined);
  if (child.stdin) writable(child.stdin)?.end(input.stdin);

  let init: { pid: number; startedAt: string | null } | null = null;
  let exitCode: number | null = null;
  let dead = false;
  using deadline = startDeadline(input.signal, limits.timeoutMs, () => {
    dead = true;
    if (init) void endProcess(init.pid, init.startedAt);
  });
  let status = '';
  statusPipe.on('data', (chunk: Buffer) => {
    status += chunk.toString('latin1');
    const pid = /"child-pid": (\d+)/.exec(status)?.[1];
    exitCode = Number(/"exit-code": (\d+)/.exec(status)?.[1] ?? Number.NaN);
    if (init || !pid) return;
    init = { pid: Number(pid), startedAt: startTime(Number(pid)) };
    if (dead) void endProcess(init.pid, init.startedAt);
    else gate.end('go\n');
  });
  const statusRead = finished(statusPipe);
  const exit = await new Promise<{ code: number | null; signal: string | null }>((resolve, reject) => {
    child.once('error', reject);
    child.once('exit', (code, signal) => resolve({ code, signal }));
  });
  await statusRead;
  const first = init as { pid: number; startedAt: string | null } | null;
  if (first) await endProcess(first.pid, first.startedAt);
  gate.destroy();
  await drained;

  const ended =
    deadline.ended() ?? (ranOutOfMemory() ? 'out-of-memory' : Number.isNaN(exitCode) || exitCode === null ? 'killed' : 'exited');
  const texts = { stdout: output.stdout.end(), stderr: output.stderr.end() };
  if (ended === 'killed' && exit.signal === null)
    throw new Error(`The sandbox could not start: ${texts.stderr.trim() || `exit ${exit.code}`}`);
  return { returncode: ended === 'exited' ? exitCode : null, ended, ...texts, durationMs: performance.now() - startedAt };
}

function resourceLimits(limits: Limits, grouped: boolean): string[] {
  const each = ['--core=0', `--fsize=${limits.fileBytes}`];
  return grouped ? each : [...each, `--nproc=${limits.processes}`, `--data=${limits.memoryBytes}`];
}

/** A pipe whose reader is gone says so by an error; the command's end says the rest. */
function writable(stream: unknown): Writable | null {
  if (!(stream instanceof Writable)) return null;
  return stream.on('error', () => undefined);
}
