import { type McpServerRow, reachOf } from '#lib/mcp/mcp-server.ts';
import { coversHost } from '#lib/policy/rules/host-pattern.ts';
import type { NetworkAccess } from '#workers/sandbox/sandbox.ts';

/** Hosts that a call of this server may reach: those that the owner gave the server, as far as the rules leave them. */
export function serverHosts({ transport }: Pick<McpServerRow, 'transport'>, network: NetworkAccess): string[] {
  if (network.mode === 'deny') return [];
  const barred = network.hosts.flatMap((host) => (host.startsWith('!') ? [host.slice(1)] : []));
  const left = network.hosts.filter((host) => !host.startsWith('!'));
  const own = reachOf(transport).filter((host) => left.some((pattern) => coversHost(pattern, host)));
  const hosts = own.filter((host) => !barred.some((pattern) => coversHost(pattern, host)));
  return hosts.length === 0 ? [] : [...hosts, ...(transport.kind === 'http' ? [] : barred.map((host) => `!${host}`))];
}
