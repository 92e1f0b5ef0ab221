import type { CallState } from '#lib/core/state.ts';
import { usableMcpServer } from '#lib/mcp/usable-mcp-servers.ts';
import { serverHosts } from '#workers/mcp/server-hosts.ts';
import { judgeNow, networkOf } from '#workers/run/call/judge-now.ts';
import type { RunContext, RunSnapshot } from '#workers/run/run-context.ts';
import type { NetworkAccess } from '#workers/sandbox/sandbox.ts';
import { inside, type Sitting } from '#workers/session/sitting.ts';

/** Opens the program's way out as far as this call needs it. */
export async function openNetwork(
  { context, session, contacts }: Sitting,
  projectId: string,
  call: CallState,
  access: NetworkAccess,
): Promise<void> {
  const hosts = await hostsInside(context, projectId, call, access);
  if (hosts.length === 0) return;
  const reached = contacts.get(call.callId) ?? new Set<string>();
  contacts.set(call.callId, reached);
  await session.allowHosts(hosts, (host) => reached.add(host));
}

/** A program reaches nothing while no worker is with it: what had the network gets it back. */
export async function reopenNetwork(sitting: Sitting, snapshot: RunSnapshot): Promise<void> {
  for (const call of snapshot.run.calls.filter(({ status, network }) => network && status === 'running')) {
    const access = networkOf(await judgeNow(sitting.context, snapshot, call.call, inside.home), true);
    await openNetwork(sitting, snapshot.state.projectId, call, access);
  }
}

export async function closeNetwork({ session, contacts }: Sitting, callId: string): Promise<void> {
  contacts.delete(callId);
  if (contacts.size === 0) await session.allowHosts([]);
}

/** A server outside is called by the worker, and one of the sandbox has hosts of its own. */
async function hostsInside(context: RunContext, projectId: string, { call }: CallState, access: NetworkAccess): Promise<string[]> {
  if (access.mode === 'deny') return [];
  if (call.tool !== 'mcp_call') return access.hosts;
  const row = await usableMcpServer(context.database, projectId, call.args.server);
  return row && row.transport.kind !== 'http' ? serverHosts(row, access) : [];
}
