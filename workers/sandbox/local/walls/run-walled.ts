import type { Command, ExecResult, Limits, OutputListener } from '../../sandbox.ts';
import { createBoundedOutput } from './bounded-output.ts';
import type { ControlGroups } from './control-group.ts';
import { startDeadline } from './deadline.ts';
import { type PipeStock, readPipe } from './pipe-stock.ts';
import { startWalled, type Walled } from './start-walled.ts';

/** What is the same for everything behind one wall. */
export type Wall = {
  bubblewrap: string;
  view: string[];
  seccomp: Uint8Array | null;
  groups: ControlGroups | null;
  pipes: PipeStock;
  strayDescriptors: number[];
};

export type WalledCommand = Pick<Walled, 'folder' | 'overlayOptions' | 'mark' | 'cwd' | 'argv'> & {
  wall: Wall;
  /** bubblewrap arguments of this command: its tree, home, environment. */
  own: string[];
  stdin: Command['stdin'];
  limits: Limits;
  signal: AbortSignal;
  onOutput?: OutputListener;
};

/** Runs a command behind the wall and resolves when no process of it is left. Throws when the sandbox could not be set up. */
export async function runWalled(input: WalledCommand): Promise<ExecResult> {
  const startedAt = performance.now();
  const group = input.wall.groups?.create(input.limits) ?? null;
  try {
    const result = await run(input, group?.folders ?? [], () => group?.ranOutOfMemory() ?? false);
    return { ...result, durationMs: performance.now() - startedAt };
  } finally {
    await group?.remove();
  }
}

async function run(
  { wall, own, stdin, signal, onOutput, ...command }: WalledCommand,
  groups: string[],
  ranOutOfMemory: () => boolean,
): Promise<Omit<ExecResult, 'durationMs'>> {
  const { limits } = command;
  const { bubblewrap, seccomp, strayDescriptors, pipes } = wall;
  const stdout = createBoundedOutput(limits.outputBytes, (text) => onOutput?.('stdout', text));
  const stderr = createBoundedOutput(limits.outputBytes, (text) => onOutput?.('stderr', text));
  const output = { stdout: await pipes.take(), stderr: await pipes.take() };
  const walled = startWalled({
    ...command,
    ...{ bubblewrap, seccomp, strayDescriptors, groups, output },
    box: [...wall.view, ...own],
    hasInput: stdin !== undefined,
  });
  const drained = Promise.all([readPipe(output.stdout, stdout.write).ended, readPipe(output.stderr, stderr.write).ended]);
  walled.stdin?.end(stdin);
  using deadline = startDeadline(signal, limits.timeoutMs, walled.kill);
  const { code, setup } = await walled.ended;
  await drained;
  const ended = deadline.ended() ?? (ranOutOfMemory() ? 'out-of-memory' : code === null ? 'killed' : 'exited');
  const texts = { stdout: stdout.end(), stderr: stderr.end() };
  if (ended === 'killed' && setup.signal === null)
    throw new Error(`The sandbox could not start: ${texts.stderr.trim() || `exit ${setup.code}`}`);
  return { returncode: ended === 'exited' ? code : null, ended, ...texts };
}
