import { renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { type EgressAccess, type EgressProxy, startEgressProxy } from '../egress/egress-proxy.ts';
import type { HostRegistry } from '../egress/host-registry.ts';
import { shortPath } from '../relay/session-folder.ts';
import type { Session } from '../sandbox.ts';

export type SessionEgress = {
  allow: Session['allowHosts'];
  /** For good: the session belongs to somebody else, or to nobody. */
  close(): Promise<void>;
};

/**
 * A session's way out, served in `folder` by the worker that has it: closed until hosts are allowed, and whenever no worker is there. What goes on to
 * a host that stays allowed goes on when others come or go.
 */
export function createSessionEgress(folder: string, hostRegistry: HostRegistry): SessionEgress {
  let proxy: EgressProxy | null = null;
  let changed: Promise<void> = Promise.resolve();
  let isClosed = false;
  rmSync(join(folder, 'socket'), { force: true });

  async function serve(access: EgressAccess): Promise<EgressProxy> {
    const registry = await hostRegistry.read();
    const short = shortPath(folder);
    const name = `socket-${crypto.randomUUID().slice(0, 8)}`;
    try {
      const served = await startEgressProxy({ socket: short.join(name), registry, ...access });
      // A server that closes removes the name that it was given: not that of the one after it.
      renameSync(join(folder, name), join(folder, 'socket'));
      return { ...served, close: () => served.close().finally(short.close) };
    } catch (error) {
      short.close();
      throw error;
    }
  }

  async function change(access: EgressAccess): Promise<void> {
    if (access.hosts.length === 0) {
      const before = proxy;
      proxy = null;
      await before?.close();
    } else if (isClosed) throw new Error('The session is over, or another worker has it.');
    else if (proxy) proxy.allow(access);
    else proxy = await serve(access);
  }

  /** One change after the other. */
  function allow(hosts: string[], onContact?: (host: string) => void): Promise<void> {
    const next = changed.then(() => change({ hosts, onContact }));
    changed = next.catch(() => {});
    return next;
  }

  return {
    allow,
    close() {
      isClosed = true;
      return allow([]);
    },
  };
}
