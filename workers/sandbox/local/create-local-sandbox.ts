import { existsSync, mkdirSync, readdirSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { ChoirHome } from '#lib/home.ts';
import { createHostRegistry } from '../egress/host-registry.ts';
import { type FoundSession, findSession } from '../relay/find-session.ts';
import { type Sandbox, SessionImpossible } from '../sandbox.ts';
import { openSession } from './open-session.ts';
import { openTransaction, type TransactionParts } from './open-transaction.ts';
import { copyLayer } from './overlay/copy-layer.ts';
import { overlayLayer } from './overlay/overlay-layer.ts';
import { removeTree } from './overlay/remove-tree.ts';
import { readPlainFile } from './read-plain-file.ts';
import { commandMark, endMarkedSandboxes, sessionMark, startTime, threadMark } from './sandbox-processes.ts';
import { trackWork } from './track-work.ts';
import { findControlGroups } from './walls/control-group.ts';
import { detectIsolation } from './walls/detect-isolation.ts';
import { machineView } from './walls/machine-view.ts';
import { createPipeStock } from './walls/pipe-stock.ts';
import { makePrivateFolder } from './walls/private-folder.ts';
import type { Wall } from './walls/run-walled.ts';
import { isFilteredArchitecture, seccompFilter } from './walls/seccomp-filter.ts';
import { coverStrayDescriptors } from './walls/stray-descriptors.ts';

/** Absolute paths of the programs that the local sandbox needs; null where the machine has none. */
export type LocalSandboxTools = { bubblewrap: string | null; getfattr: string | null; tmux: string | null };

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
  const work = trackWork();
  const begun = new Set<string>();
  const owner = `${process.pid}:${startTime(process.pid)}`;
  const sessions = new Map<string, FoundSession>();

  function place(threadId: string, id: string) {
    if (!/^[\w-]{1,100}$/.test(id)) throw new TypeError(`Not a transaction id: ${JSON.stringify(id)}`);
    const overlaysFolder = home.overlays(threadId);
    const folder = join(overlaysFolder, id);
    const mark = sessionMark(overlaysFolder, id);
    return { overlaysFolder, folder, mark, session: findSession(folder, mark) };
  }

  function layerOf(threadId: string, folder: string) {
    const places = { tree: home.tree(threadId), folder };
    return overlays && tools.getfattr ? overlayLayer({ ...places, getfattr: tools.getfattr }) : copyLayer(places);
  }

  async function begin({ threadId, id }: { threadId: string; id: string }) {
    const { overlaysFolder, folder, session } = place(threadId, id);
    const mark = commandMark(overlaysFolder, id);
    if (existsSync(folder) && !begun.has(folder) && wall) await endMarkedSandboxes(mark);
    begun.add(folder);
    mkdirSync(folder, { recursive: true, mode: 0o700 });
    const layer = layerOf(threadId, folder);
    const track: TransactionParts['track'] = (command) => work.run(threadId, command);
    const transaction = await openTransaction({ folder, layer, wall, mark, pipes, hostRegistry, privateFolder, track, session });
    return { layer, transaction };
  }

  /** Every command has its transaction's folder, from before it starts until after it ended. */
  function openTransactions(threadId: string): string[] {
    const folder = home.overlays(threadId);
    return existsSync(folder) ? readdirSync(folder).sort() : [];
  }

  return {
    kind: 'local',
    isolation,
    begin: async (input) => (await begin(input)).transaction,
    async openSession({ threadId, id, program, signal }) {
      if (!wall)
        throw new SessionImpossible(
          `A program that lives on needs a sandbox, and this machine has none. ${isolation.missing[0] ?? ''}`.trim(),
        );
      const { folder, mark, session } = place(threadId, id);
      const { layer, transaction } = await begin({ threadId, id });
      sessions.set(folder, session);
      return openSession({ tmux: tools.tmux, folder, layer, wall, mark, session, hostRegistry, transaction, program, owner, signal });
    },
    async readFile({ threadId, id, path, limitBytes }) {
      const folder = id === undefined ? null : place(threadId, id).folder;
      const roots = folder && existsSync(folder) ? layerOf(threadId, folder).roots : [home.tree(threadId)];
      for (const root of roots) {
        const text = await readPlainFile(root, path, limitBytes);
        if (text !== undefined) return text;
      }
      return null;
    },
    open: async (threadId) => openTransactions(threadId),
    async stop(threadId, { keepSessions = false } = {}) {
      await work.stop(threadId);
      const ids = openTransactions(threadId);
      if (!wall || ids.length === 0) return;
      if (!keepSessions) await Promise.all(ids.map((id) => place(threadId, id).session.end()));
      // Looking through all processes takes 10 ms on a small machine, and blocks this one meanwhile.
      const overlaysFolder = home.overlays(threadId);
      await endMarkedSandboxes(keepSessions ? commandMark(overlaysFolder) : threadMark(overlaysFolder));
    },
    async close() {
      await work.stop();
      await Promise.all([...sessions.values()].map((session) => session.end({ unlessTakenFrom: owner })));
      await removeTree(privateFolder);
    },
  };
}
