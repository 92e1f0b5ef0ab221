import { existsSync, mkdirSync, readdirSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { ChoirHome } from '#lib/home.ts';
import { createHostRegistry } from '../egress/host-registry.ts';
import type { Sandbox } from '../sandbox.ts';
import { findControlGroups } from './control-group.ts';
import { copyLayer } from './copy-layer.ts';
import { detectIsolation } from './detect-isolation.ts';
import { machineView } from './machine-view.ts';
import { openTransaction } from './open-transaction.ts';
import { overlayLayer } from './overlay-layer.ts';
import { createPipeStock } from './pipe-stock.ts';
import { makePrivateFolder } from './private-folder.ts';
import { removeTree } from './remove-tree.ts';
import type { Wall } from './run-walled.ts';
import { endMarkedSandboxes, threadMark, transactionMark } from './sandbox-processes.ts';
import { isFilteredArchitecture, seccompFilter } from './seccomp-filter.ts';
import { coverStrayDescriptors } from './stray-descriptors.ts';

/** Absolute paths of the programs that the local sandbox needs; null where the machine has none. */
export type LocalSandboxTools = { bubblewrap: string | null; getfattr: string | null };

/** `force` leaves out what the machine could do, so that tests and a cautious owner can have the lesser kinds. */
export type LocalSandboxOptions = { home: ChoirHome; tools: LocalSandboxTools; force?: { walls?: false; overlays?: false } };

const checkout = fileURLToPath(new URL('../../../', import.meta.url));

/** The sandbox of this machine: as much isolation as it has, told truthfully in `isolation`. */
export async function createLocalSandbox({ home, tools, force = {} }: LocalSandboxOptions): Promise<Sandbox> {
  const privateFolder = await makePrivateFolder();
  const groups = process.platform === 'linux' ? findControlGroups() : null;
  const pipes = createPipeStock(privateFolder);
  const wanted: Wall | null =
    process.platform === 'linux' && tools.bubblewrap && force.walls !== false
      ? {
          bubblewrap: tools.bubblewrap,
          view: machineView(join(privateFolder, 'etc'), [home.root, checkout, homedir()]),
          seccomp: isFilteredArchitecture(process.arch) ? seccompFilter(process.arch) : null,
          groups,
          pipes,
          strayDescriptors: coverStrayDescriptors(),
        }
      : null;
  const { isolation, wall, overlays } = await detectIsolation({
    home,
    wall: wanted,
    getfattr: force.overlays === false ? null : tools.getfattr,
  });
  const hostRegistry = createHostRegistry();
  const closing = new AbortController();
  const running = new Map<string, Set<Promise<unknown>>>();
  const stopping = new Map<string, AbortController>();
  const begun = new Set<string>();

  async function track<Result>(threadId: string, work: (stop: AbortSignal) => Promise<Result>): Promise<Result> {
    const stop = stopping.get(threadId) ?? new AbortController();
    stopping.set(threadId, stop);
    const active = running.get(threadId) ?? new Set();
    running.set(threadId, active);
    const promise = work(AbortSignal.any([stop.signal, closing.signal]));
    active.add(promise);
    try {
      return await promise;
    } finally {
      active.delete(promise);
      if (active.size === 0) {
        running.delete(threadId);
        stopping.delete(threadId);
      }
    }
  }

  /** Every command has its transaction's folder, from before it starts until after it ended. */
  function openTransactions(threadId: string): string[] {
    const folder = home.overlays(threadId);
    return existsSync(folder) ? readdirSync(folder).sort() : [];
  }

  return {
    kind: 'local',
    isolation,
    async begin({ threadId, id }) {
      if (!/^[\w-]{1,100}$/.test(id)) throw new TypeError(`Not a transaction id: ${JSON.stringify(id)}`);
      const overlaysFolder = home.overlays(threadId);
      const folder = join(overlaysFolder, id);
      const mark = transactionMark(overlaysFolder, id);
      if (existsSync(folder) && !begun.has(folder) && wall) await endMarkedSandboxes(mark);
      begun.add(folder);
      mkdirSync(folder, { recursive: true, mode: 0o700 });
      const places = { tree: home.tree(threadId), folder };
      const layer = overlays && tools.getfattr ? overlayLayer({ ...places, getfattr: tools.getfattr }) : copyLayer(places);
      return openTransaction({ folder, layer, wall, mark, pipes, hostRegistry, privateFolder, track: (work) => track(threadId, work) });
    },
    open: async (threadId) => openTransactions(threadId),
    async stop(threadId) {
      stopping.get(threadId)?.abort();
      await Promise.allSettled(running.get(threadId) ?? []);
      // Looking through all processes takes 10 ms on a small machine, and blocks this one meanwhile.
      if (wall && openTransactions(threadId).length > 0) await endMarkedSandboxes(threadMark(home.overlays(threadId)));
    },
    async close() {
      closing.abort();
      await Promise.allSettled([...running.values()].flatMap((active) => [...active]));
      await removeTree(privateFolder);
    },
  };
}
