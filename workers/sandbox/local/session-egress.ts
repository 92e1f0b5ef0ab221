import { renameSync } from 'node:fs';
import { join } from 'node:path';
import { type EgressProxy, startEgressProxy } from '../egress/egress-proxy.ts';
import type { HostRegistry } from '../egress/host-registry.ts';
import { shortPath } from '../relay/session-folder.ts';
import type { Session } from '../sandbox.ts';

/** A session's way out, served by the worker that has it: closed until hosts are allowed, and whenever no worker is there. */
export function createSessionEgress(folder: string, hostRegistry: HostRegistry): { allow: Session['allowHosts']; close(): Promise<void> } {
  let serving: Promise<EgressProxy | null> = Promise.resolve(null);

  async function serve(hosts: string[], onContact?: (host: string) => void): Promise<EgressProxy | null> {
    if (hosts.length === 0) return null;
    const registry = await hostRegistry.read();
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

  function change(hosts: string[], onContact?: (host: string) => void): Promise<void> {
    const before = serving;
    serving = before
      .catch(() => null)
      .then(async (proxy) => {
        await proxy?.close();
        return serve(hosts, onContact);
      });
    return serving.then(() => undefined);
  }

  return { allow: change, close: () => change([]) };
}
