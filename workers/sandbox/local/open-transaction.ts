import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import type { TreeChange } from '#lib/git/commit/tree-change.ts';
import { egressEnvironment } from '../egress/egress-environment.ts';
import { startEgressProxy } from '../egress/egress-proxy.ts';
import type { HostRegistry } from '../egress/host-registry.ts';
import { forwardPorts } from '../inside/forward-ports.ts';
import {
  type Command,
  defaultLimits,
  type ExecOptions,
  type ExecResult,
  type Limits,
  type NetworkAccess,
  type Transaction,
} from '../sandbox.ts';
import type { Layer } from './overlay/layer.ts';
import { removeTree } from './overlay/remove-tree.ts';
import { baseEnvironment, boxOptions } from './walls/box-options.ts';
import { inside } from './walls/machine-view.ts';
import type { PipeStock } from './walls/pipe-stock.ts';
import { runPlain } from './walls/run-plain.ts';
import { runWalled, type Wall } from './walls/run-walled.ts';

export type TransactionParts = {
  folder: string;
  layer: Layer;
  wall: Wall | null;
  mark: string;
  pipes: PipeStock;
  hostRegistry: HostRegistry;
  /** Short private folder: sockets' paths must stay under 108 bytes. */
  privateFolder: string;
  track: <Result>(work: (stop: AbortSignal) => Promise<Result>) => Promise<Result>;
  /** The program that may live in this transaction. */
  session: { isRunning(): Promise<boolean>; end(): Promise<void> };
};

const dyingTries = 10;
const dyingWaitMs = 50;

export async function openTransaction(parts: TransactionParts): Promise<Transaction> {
  const { folder, layer, wall, session } = parts;
  const agentHome = join(folder, 'home');
  let known: Promise<TreeChange[]> | null = null;

  async function prepare(): Promise<void> {
    mkdirSync(agentHome, { recursive: true, mode: 0o700 });
    await layer.open();
  }
  await prepare();

  /** What two mounts of one upper layer write is undefined, and what is kept must have come to an end. */
  async function withoutSession(what: string): Promise<void> {
    // A relay that was killed takes connections until the kernel has let go of its last file.
    for (let tries = 0; await session.isRunning(); tries += 1) {
      if (tries === dyingTries) throw new Error(`A session runs in this transaction: stop it before you ${what}.`);
      await delay(dyingWaitMs);
    }
    await session.end();
  }

  async function exec(command: Command, options: ExecOptions, stop: AbortSignal): Promise<ExecResult> {
    await withoutSession('run a command in it');
    known = null;
    const limits: Limits = { ...defaultLimits, ...command.limits };
    const signal = AbortSignal.any([options.signal, stop]);
    if (signal.aborted) return { returncode: null, ended: 'aborted', stdout: '', stderr: '', durationMs: 0 };
    const shared = { stdin: command.stdin, limits, signal, onOutput: options.onOutput };
    if (!wall) {
      const own = { HOME: agentHome, PATH: process.env.PATH ?? baseEnvironment.PATH, TMPDIR: agentHome };
      const env = { ...baseEnvironment, ...own, ...command.env };
      return runPlain({ ...shared, pipes: parts.pipes, cwd: join(layer.root, command.cwd), argv: command.argv, env });
    }
    const egress = command.network.mode === 'allow' ? await openEgress(parts, command.network, options.onContact) : null;
    const ports = forwardPorts(egress ? [egress.forward] : []);
    try {
      const own = boxOptions({
        tree: layer.root,
        home: agentHome,
        view: [...ports.view, ...(egress?.view ?? [])],
        temporaryBytes: limits.memoryBytes / 2,
        env: { ...baseEnvironment, ...egress?.env, ...command.env },
      });
      const place = { wall, folder, overlayOptions: layer.overlayOptions, mark: parts.mark, own };
      return await runWalled({ ...shared, ...place, cwd: join(inside.tree, command.cwd), argv: [...ports.argv, ...command.argv] });
    } finally {
      await egress?.close();
    }
  }

  return {
    exec: (command, options) => parts.track((stop) => exec(command, options, stop)),
    async changes() {
      if (await session.isRunning()) known = null;
      else known ??= layer.changes();
      return known ?? layer.changes();
    },
    async keep() {
      await withoutSession('keep its changes');
      known = null;
      await layer.keep();
      await removeTree(folder);
    },
    async drop() {
      known = null;
      await session.end();
      await removeTree(folder);
    },
  };
}

type Allowed = Extract<NetworkAccess, { mode: 'allow' }>;

async function openEgress(
  { privateFolder, hostRegistry }: TransactionParts,
  { hosts, follow }: Allowed,
  onContact?: (host: string) => void,
) {
  const registry = await hostRegistry.read();
  const socket = join(privateFolder, `egress-${crypto.randomUUID().slice(0, 8)}.sock`);
  const proxy = await startEgressProxy({ socket, hosts, registry, onContact });
  follow?.((left) => proxy.allow({ hosts: left, onContact }));
  return { ...egressEnvironment({ registry, proxy: { socket } }), close: proxy.close };
}
