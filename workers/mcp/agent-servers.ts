import { threadBranch } from '#lib/git/refs.ts';
import { reachOf } from '#lib/mcp/mcp-server.ts';
import { usableMcpServers } from '#lib/mcp/usable-mcp-servers.ts';
import type { RunContext } from '../run/run-context.ts';
import type { Program } from '../sandbox/sandbox.ts';
import { serverProgram } from './server-program.ts';

/** A server as the Agent Client Protocol names one. */
type AgentServer = { name: string; command: string; args: string[]; env: { name: string; value: string }[] };

/**
 * The servers that a terminal agent starts itself, inside its own sandbox, and what they need to see there. None for an agent that does not ask
 * before it calls their tools. Those that reach outside are left out: the sandbox would have to hold their keys, or be open as long as they run.
 */
export async function agentServers(
  { agent, database, home, threadId }: RunContext,
  projectId: string,
): Promise<{ servers: AgentServer[]; mounts: Program['mounts'] }> {
  if (!agent.description.capabilities.includes('mcp')) return { servers: [], mounts: [] };
  const rows = await usableMcpServers(database, projectId);
  const place = { home: '', store: home.store(projectId), branch: threadBranch(threadId) };
  const programs = rows.flatMap(({ name, transport }) =>
    transport.kind === 'http' || reachOf(transport).length > 0 ? [] : [{ name, program: serverProgram(transport, place) }],
  );
  const mounts = new Map(programs.flatMap(({ program }) => program.mounts).map((mount) => [mount.inside, mount]));
  return { servers: programs.map(({ name, program }) => agentServer(name, program)), mounts: [...mounts.values()] };
}

function agentServer(name: string, { argv: [command = '', ...args], env }: Program): AgentServer {
  return { name, command, args, env: Object.entries(env).map(([key, value]) => ({ name: key, value })) };
}
