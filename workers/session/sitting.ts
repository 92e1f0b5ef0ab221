import type { AgentProtocol } from '#lib/agents/agent-program.ts';
import { isActive } from '#lib/core/state.ts';
import { type RunContext, RunOver, type RunSnapshot } from '#workers/run/run-context.ts';
import type { Session } from '#workers/sandbox/sandbox.ts';
import type { Scribe } from './acp/scribe.ts';
import type { ToolDoor } from './mcp/open-door.ts';
import type { Wire } from './program/wire.ts';

export type AcpProtocol = Extract<AgentProtocol, { kind: 'acp' }>;

/** Where the sandbox shows an agent its things. */
export const inside = { tree: '/workspace', home: '/home/agent', packages: '/opt/agent' } as const;

/** Hosts that the program may reach for a call, and those that were reached. */
export type WayOut = { hosts: string[]; reached: Set<string> };

/** One worker's time with an agent's program. */
export type Sitting = {
  context: RunContext;
  workspaceId: string;
  protocol: AcpProtocol;
  sessionId: string;
  session: Session;
  wire: Wire;
  scribe: Scribe;
  /** Where the tools of MCP servers are called; null: there are none. */
  door: ToolDoor | null;
  /** What open calls may reach outside, by call id. */
  waysOut: Map<string, WayOut>;
};

/** The program of a session, told from those before it: once what they left was dropped, its lines are numbered as theirs were. */
export function programOf({ sessionId }: Pick<Sitting, 'sessionId'>, { run }: RunSnapshot): string {
  return `${sessionId} ${run.session?.restarts ?? 0}`;
}

/** How this worker came to the agent's conversation. `isFirst`: this run has prompted no program before. `news`: what became of the files meanwhile. */
export type Beginning = { how: 'new' | 'resumed' | 'restarted' | 'running'; isFirst: boolean; news: string[] };

/** The run as it is now. Throws `RunOver` when it is not this worker's any more. */
export async function loadSnapshot({ ledger, threadId, runId }: RunContext): Promise<RunSnapshot> {
  const state = await ledger.load(threadId);
  if (!isActive(state.run) || state.run.runId !== runId) throw new RunOver('This run has ended.');
  return { state, run: state.run };
}
