import { spawn } from 'node:child_process';
import { Readable, Writable } from 'node:stream';
import { finished } from 'node:stream/promises';
import type { Limits } from '../../sandbox.ts';
import { endProcess, startTime } from '../sandbox-processes.ts';
import { childEnvironment } from './child-environment.ts';
import { handOver, type PipeEnds } from './pipe-stock.ts';

/** One program behind bubblewrap. */
export type Walled = {
  bubblewrap: string;
  /** The transaction's folder; the overlay's options are relative to it. */
  folder: string;
  overlayOptions: string | null;
  /** Host name, and what finds the program's processes again. */
  mark: string;
  /** bubblewrap's arguments. */
  box: string[];
  seccomp: Uint8Array | null;
  /** Folders of the control group to run in; none: limits hold for each process. */
  groups: string[];
  limits: Pick<Limits, 'memoryBytes' | 'processes' | 'fileBytes'>;
  cwd: string;
  argv: string[];
  output: { stdout: PipeEnds; stderr: PipeEnds };
  hasInput: boolean;
  strayDescriptors: number[];
};

/** `code` is null when something ended it from outside. `setup`: how the wall itself ended when nothing ran behind it. */
export type WalledEnd = { code: number | null; setup: { code: number | null; signal: string | null } };

export type WalledProcess = {
  /** Null without input. */
  stdin: Writable | null;
  /** Settles when the program may run; rejects never: what cannot start ends. */
  started: Promise<void>;
  /** Settles when no process of it is left. Rejects when nothing could be started. */
  ended: Promise<WalledEnd>;
  /** The first process of its namespace, as this machine numbers it; null before there is one. */
  firstProcess(): number | null;
  /** Ends every process of it; nothing starts any more. */
  kill(): void;
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

/** Nothing starts before this process knows whom to kill; when it dies first the pipe ends and nothing starts at all. */
const innerScript = `read -r go <&3 || exit 125
cd -- "$1" 2>/dev/null || { echo "There is no folder $1." >&2; exit 126; }
shift
exec "$@" 3<&- 4<&- 5<&- 6<&-`;

/** Starts a program behind bubblewrap, in namespaces of its own, above the overlay. It dies with this process. Throws when it cannot even be tried. */
export function startWalled(input: Walled): WalledProcess {
  const { limits, groups, output } = input;
  const own = ['--args', '4', ...(input.seccomp ? ['--seccomp', '5'] : []), '--json-status-fd', '6', '--hostname', input.mark];
  const program = [input.bubblewrap, ...own, '--', '/bin/sh', '-c', innerScript, 'sh', input.cwd, ...input.argv];
  const overlay = [outerScript, 'sh', groups.join('\n'), input.overlayOptions ?? ''];
  const outer = ['--user', '--map-root-user', '--mount', '--', '/bin/sh', '-c', ...overlay];
  const words = [...outer, 'prlimit', ...resourceLimits(limits, groups.length > 0), '--', ...program];
  const child = handOver([output.stdout, output.stderr], () =>
    spawn('unshare', words, {
      cwd: input.folder,
      env: childEnvironment({ PATH: '/usr/sbin:/usr/bin:/sbin:/bin' }),
      stdio: [input.hasInput ? 'pipe' : 'ignore', output.stdout.writeFd, output.stderr.writeFd, ...ownPipes, ...input.strayDescriptors],
    }),
  );
  const ends: readonly unknown[] = child.stdio;
  const [gate, options, filter] = ends.slice(3, 6).map(writable);
  const statusPipe = ends[6];
  if (!(statusPipe instanceof Readable) || !gate || !options || !filter) throw new Error('The sandbox could not start: no pipes.');
  options.end(Buffer.from(`${input.box.join('\0')}\0`));
  filter.end(input.seccomp ?? undefined);

  let first: { pid: number; startedAt: string | null } | null = null;
  let killed = false;
  const started = Promise.withResolvers<void>();
  let status = '';
  statusPipe.on('data', (chunk: Buffer) => {
    status += chunk.toString('latin1');
    const pid = /"child-pid": (\d+)/.exec(status)?.[1];
    if (first || !pid) return;
    first = { pid: Number(pid), startedAt: startTime(Number(pid)) };
    if (killed) void endProcess(first.pid, first.startedAt);
    else gate.end('go\n', started.resolve);
  });
  const statusRead = finished(statusPipe);
  const exited = new Promise<WalledEnd['setup']>((resolve, reject) => {
    child.once('error', reject);
    child.once('exit', (code, signal) => resolve({ code, signal }));
  });

  async function end(): Promise<WalledEnd> {
    try {
      const setup = await exited;
      await statusRead;
      if (first) await endProcess(first.pid, first.startedAt);
      const code = /"exit-code": (\d+)/.exec(status)?.[1];
      return { code: code === undefined ? null : Number(code), setup };
    } finally {
      gate?.destroy();
      started.resolve();
    }
  }

  return {
    stdin: writable(child.stdin),
    started: started.promise,
    ended: end(),
    firstProcess: () => first?.pid ?? null,
    kill() {
      killed = true;
      if (first) void endProcess(first.pid, first.startedAt);
    },
  };
}

function resourceLimits(limits: Walled['limits'], grouped: boolean): string[] {
  const each = ['--core=0', `--fsize=${limits.fileBytes}`];
  return grouped ? each : [...each, `--nproc=${limits.processes}`, `--data=${limits.memoryBytes}`];
}

/** A pipe whose reader is gone says so by an error; the program's end says the rest. */
function writable(stream: unknown): Writable | null {
  if (!(stream instanceof Writable)) return null;
  return stream.on('error', () => undefined);
}
