import type { CallState } from '#lib/core/state.ts';
import { usableMcpServer } from '#lib/mcp/usable-mcp-servers.ts';
import { coversHost } from '#lib/policy/rules/host-pattern.ts';
import { serverHosts } from '#workers/mcp/server-hosts.ts';
import { accessNow } from '#workers/run/call/hold-network.ts';
import type { RunContext, RunSnapshot } from '#workers/run/run-context.ts';
import type { NetworkAccess } from '#workers/sandbox/sandbox.ts';
import { isSameCall } from '../acp/call-id.ts';
import { inside, loadSnapshot, type Sitting } from '../sitting.ts';

/** Opens the program's way out as far as this call needs it, beside what other open calls need. */
export async function openNetwork(sitting: Sitting, projectId: string, call: CallState, access: NetworkAccess): Promise<void> {
  const hosts = await hostsInside(sitting.context, projectId, call, access);
  if (hosts.length === 0) return;
  const { waysOut } = sitting;
  waysOut.set(call.callId, { hosts, reached: waysOut.get(call.callId)?.reached ?? new Set() });
  await allowOpen(sitting);
}

/** A program reaches nothing while no worker is with it: what had the network gets it back, as far as it may have it now. */
export async function reopenNetwork(sitting: Sitting, snapshot: RunSnapshot): Promise<void> {
  for (const call of snapshot.run.calls.filter(({ status, network }) => network && status === 'running'))
    await openNetwork(sitting, snapshot.state.projectId, call, await accessOf(sitting, snapshot, call));
}

/** Open calls reach what the rules leave them now, and no more. */
export async function holdToRules(sitting: Sitting): Promise<void> {
  const { context, waysOut } = sitting;
  if (waysOut.size === 0) return;
  const snapshot = await loadSnapshot(context);
  const before = openHosts(waysOut).join();
  for (const call of snapshot.run.calls.filter(({ callId, network }) => network && waysOut.has(callId))) {
    const hosts = await hostsInside(context, snapshot.state.projectId, call, await accessOf(sitting, snapshot, call));
    const way = waysOut.get(call.callId);
    if (way) way.hosts = hosts;
  }
  if (openHosts(waysOut).join() !== before) await allowOpen(sitting);
}

/** What an open call may reach by the rules as they are now. */
export function accessOf({ context }: Sitting, snapshot: RunSnapshot, call: CallState): Promise<NetworkAccess> {
  const asked = snapshot.run.approvals.some(
    ({ answer, executed, action }) => answer?.decision === 'approve' && !executed && isSameCall(action.call, call.call),
  );
  return accessNow(context, snapshot, call.call, { asked, home: inside.home });
}

/** Takes away what this call alone needed. */
export async function closeNetwork(sitting: Pick<Sitting, 'session' | 'waysOut'>, callId: string): Promise<void> {
  const way = sitting.waysOut.get(callId);
  sitting.waysOut.delete(callId);
  if (way && way.hosts.length > 0) await allowOpen(sitting);
}

/** The program has one way out for all its calls: whatever a host was reached for, it is told of each call that may have. */
async function allowOpen({ session, waysOut }: Pick<Sitting, 'session' | 'waysOut'>): Promise<void> {
  const ways = [...waysOut.values()];
  await session.allowHosts(openHosts(waysOut), (contact) => {
    const host = contact.slice(0, contact.lastIndexOf(':'));
    for (const way of ways) if (way.hosts.some((pattern) => coversHost(pattern, host))) way.reached.add(contact);
  });
}

function openHosts(waysOut: Sitting['waysOut']): string[] {
  return [...new Set([...waysOut.values()].flatMap((way) => way.hosts))];
}

/** A server outside is called by the worker, and one of the sandbox has hosts of its own. */
async function hostsInside(context: RunContext, projectId: string, { call }: CallState, access: NetworkAccess): Promise<string[]> {
  if (access.mode === 'deny') return [];
  if (call.tool !== 'mcp_call') return access.hosts;
  const row = await usableMcpServer(context.database, projectId, call.args);
  return row && row.transport.kind !== 'http' ? serverHosts(row, access) : [];
}
