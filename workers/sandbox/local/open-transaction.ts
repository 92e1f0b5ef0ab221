import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { TreeChange } from '#lib/git/tree-change.ts';
import { egressEnvironment } from '../egress/egress-environment.ts';
import { startEgressProxy } from '../egress/egress-proxy.ts';
import type { HostRegistry } from '../egress/host-registry.ts';
import { type Command, defaultLimits, type ExecOptions, type ExecResult, type Limits, type Transaction } from '../sandbox.ts';
import type { Layer } from './layer.ts';
import { inside, sandboxPath } from './machine-view.ts';
import type { PipeStock } from './pipe-stock.ts';
import { removeTree } from './remove-tree.ts';
import { runPlain } from './run-plain.ts';
import { runWalled, type Wall } from './run-walled.ts';

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
};

const environment = {
  CI: '1',
  HOME: inside.home,
  LANG: 'C.UTF-8',
  LOGNAME: 'agent',
  npm_config_audit: 'false',
  npm_config_fund: 'false',
  npm_config_update_notifier: 'false',
  PATH: sandboxPath,
  PYTHONDONTWRITEBYTECODE: '1',
  SHELL: '/bin/bash',
  TERM: 'dumb',
  TMPDIR: '/tmp',
  TZ: 'UTC',
  USER: 'agent',
};

export async function openTransaction(parts: TransactionParts): Promise<Transaction> {
  const { folder, layer, wall } = parts;
  const agentHome = join(folder, 'home');
  let known: Promise<TreeChange[]> | null = null;

  async function prepare(): Promise<void> {
    mkdirSync(agentHome, { recursive: true, mode: 0o700 });
    await layer.open();
  }
  await prepare();

  async function exec(command: Command, options: ExecOptions, stop: AbortSignal): Promise<ExecResult> {
    known = null;
    const limits: Limits = { ...defaultLimits, ...command.limits };
    const signal = AbortSignal.any([options.signal, stop]);
    if (signal.aborted) return { returncode: null, ended: 'aborted', stdout: '', stderr: '', durationMs: 0 };
    const shared = { stdin: command.stdin, limits, signal, onOutput: options.onOutput };
    if (!wall) {
      const env = { ...environment, HOME: agentHome, PATH: process.env.PATH ?? sandboxPath, TMPDIR: agentHome, ...command.env };
      return runPlain({ ...shared, pipes: parts.pipes, cwd: join(layer.root, command.cwd), argv: command.argv, env });
    }
    const egress = command.network.mode === 'allow' ? await openEgress(parts, command.network.hosts, options.onContact) : null;
    try {
      const env = { ...environment, ...egress?.env, ...command.env };
      const own = [
        ...['--unshare-all', '--unshare-user', '--disable-userns', '--uid', '1000', '--gid', '1000', '--cap-drop', 'ALL'],
        ...['--new-session', '--die-with-parent', '--bind', layer.root, inside.tree, '--bind', agentHome, inside.home],
        ...['--perms', '1777', '--size', String(Math.ceil(limits.memoryBytes / 2)), '--tmpfs', '/tmp', ...(egress?.view ?? [])],
        ...['--remount-ro', '/', '--chdir', inside.tree, '--clearenv'],
        ...Object.entries(env).flatMap(([name, value]) => ['--setenv', name, value]),
      ];
      if (own.some((word) => word.includes('\0'))) throw new TypeError('An environment variable holds a NUL character.');
      const place = { wall, folder, overlayOptions: layer.overlayOptions, mark: parts.mark, own };
      const cwd = join(inside.tree, command.cwd);
      return await runWalled({ ...shared, ...place, cwd, argv: [...(egress?.argv ?? []), ...command.argv] });
    } finally {
      await egress?.close();
    }
  }

  return {
    exec: (command, options) => parts.track((stop) => exec(command, options, stop)),
    changes() {
      known ??= layer.changes();
      return known;
    },
    async keep() {
      known = null;
      await layer.keep();
      await removeTree(folder);
    },
    async drop() {
      known = null;
      await removeTree(folder);
    },
  };
}

async function openEgress({ privateFolder, hostRegistry }: TransactionParts, hosts: string[], onContact?: (host: string) => void) {
  const registry = await hostRegistry.read();
  const proxy = await startEgressProxy({ folder: privateFolder, hosts, registry, onContact });
  return { ...egressEnvironment({ registry, socket: proxy.socket }), close: proxy.close };
}
