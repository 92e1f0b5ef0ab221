import { mkdirSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { ProgramPlace } from '#lib/agents/agent-program.ts';
import type { ThreadState } from '#lib/core/state.ts';
import { threadBranch } from '#lib/git/store/refs.ts';
import type { McpServerRow } from '#lib/mcp/mcp-server.ts';
import { usableMcpServers } from '#lib/mcp/usable-mcp-servers.ts';
import type { RunContext } from '#workers/run/run-context.ts';
import type { Program } from '#workers/sandbox/sandbox.ts';
import type { McpTool } from '../list-mcp-tools.ts';
import { nameTools } from '../offered-names.ts';
import { offeredTools } from '../offered-tools.ts';
import { serverProgram } from '../server-program.ts';

const folder = { outside: fileURLToPath(new URL('.', import.meta.url)), inside: '/opt/choir-bridge' };
/** Known to `reach-worker.mjs` too. */
const doorInside = '/run/choir-door';
/** Agents put words of their own before it. */
const nameLimit = 48;

/** The one server that a terminal agent is given: Choir's own, in front of all that the project has. Its name is in the agents' settings. */
export const agentBridge = {
  name: 'choir',
  command: 'node',
  args: [`${folder.inside}/bridge.mjs`],
  program: `${folder.inside}/agent-tools.mjs`,
};

type Bridge = { place: ProgramPlace['bridge']; mounts: Program['mounts'] };

/** What an agent is told of the bridge when it is started, and what that and the servers behind it need to see; nothing where there are no servers. */
export async function bridgeOf(context: RunContext, state: ThreadState): Promise<Bridge> {
  const tools = await bridgeTools(context, state);
  if (!tools) return { place: null, mounts: [] };
  const { database, home, threadId } = context;
  const door = home.mcpDoor(threadId);
  mkdirSync(door, { recursive: true, mode: 0o700 });
  const rows = await usableMcpServers(database, state.projectId);
  const wanted = rows.flatMap((row) => programInBridge(context, row)?.mounts ?? []);
  const mounts = [folder, { outside: door, inside: doorInside }, ...wanted];
  return {
    place: { ...agentBridge, tools: [...tools.keys()] },
    mounts: [...new Map(mounts.map((mount) => [mount.inside, mount])).values()],
  };
}

export function takesTools({ agent }: RunContext): boolean {
  return agent.description.capabilities.includes('mcp');
}

/** What the bridge offers, by name; null for an agent that takes no servers, or a project that has none. */
export async function bridgeTools(context: RunContext, state: ThreadState): Promise<Map<string, McpTool> | null> {
  if (!takesTools(context)) return null;
  const offers = await offeredTools(context, state);
  return offers.length === 0 ? null : nameTools(offers, nameLimit);
}

/** A server of the sandbox as the bridge starts it. Null for one outside. */
export function programInBridge({ home, threadId }: RunContext, { projectId, transport }: McpServerRow): Program | null {
  if (transport.kind === 'http') return null;
  return serverProgram(transport, { home: '', store: home.store(projectId), branch: threadBranch(threadId) });
}
