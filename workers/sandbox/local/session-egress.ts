import { renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { type EgressProxy, startEgressProxy } from '../egress/egress-proxy.ts';
import type { HostRegistry } from '../egress/host-registry.ts';
import { shortPath } from '../relay/session-folder.ts';
import type { Session } from '../sandbox.ts';

export type SessionEgress = {
  allow: Session['allowHosts'];
  /** For good: the session belongs to somebody else, or to nobody. */
  close(): Promise<void>;
};

/** A session's way out, served in `folder` by the worker that has it: closed until hosts are allowed, and whenever no worker is there. */
export function createSessionEgress(folder: string, hostRegistry: HostRegistry): SessionEgress {
  let serving: Promise<EgressProxy | null> = Promise.resolve(null);
  let isClosed = false;
  rmSync(join(folder, 'socket'), { force: true });

  async function serve(hosts: string[], onContact?: (host: string) => void): Promise<EgressProxy | null> {
    if (hosts.length === 0) return null;
    const registry = await hostRegistry.read();
    if (isClosed) throw new Error('The session is over, or another worker has it.');
    const short = shortPath(folder);
    const name = `socket-${crypto.randomUUID().slice(0, 8)}`;
    try {
      const proxy = await startEgressProxy({ socket: short.join(name), hosts, registry, onContact });
      // A server that closes removes the name that it was given: not that of the one after it.
      renameSync(join(folder, name), join(folder, 'socket'));
      return { close: () => proxy.close().finally(short.close) };
    } catch (error) {
      short.close();
      throw error;
    }
  }

  async function change(hosts: string[], onContact?: (host: string) => void): Promise<void> {
    const before = serving;
    serving = before.then(
      (proxy) => Promise.resolve(proxy?.close()).then(() => serve(hosts, onContact)),
      () => serve(hosts, onContact),
    );
    await serving;
  }

  return {
    allow: change,
    close() {
      isClosed = true;
      return change([]);
    },
  };
}
