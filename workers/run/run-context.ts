import type { Services } from '#lib/context.ts';
import type { Author, Command } from '#lib/core/decide.ts';
import type { ActiveRun, ThreadState } from '#lib/core/state.ts';
import type { Agent } from '../agents/agent.ts';
import type { Gateway } from '../gateway/gateway-access.ts';
import type { Sandbox } from '../sandbox/sandbox.ts';

/** What a worker has, for as long as its process lives. */
export type Worker = Services & { workerId: string; sandbox: Sandbox; agents: ReadonlyMap<string, Agent>; gateway: Gateway };

/**
 * One run in the hands of this worker: it holds the thread's lock, and `signal` aborts when the run must stop at once. `take` is its hold on the
 * run: once another worker took it, nothing written under this one is accepted, however late this one learns that it lost the lock.
 */
export type RunContext = Worker & { threadId: string; runId: string; agent: Agent; signal: AbortSignal; take: number };

export type RunSnapshot = { state: ThreadState; run: ActiveRun };

/** The run ended, was cancelled, replaced or taken over behind this worker's back: whatever it still holds is void. */
export class RunOver extends Error {}

/** Writes as the run's agent (what it says and wants) or as Choir (what it did). Throws `RunOver` when the run does not take it any more. */
export async function record(context: RunContext, as: 'agent' | 'choir', commands: Command[]): Promise<ThreadState> {
  const result = await context.ledger.command(context.threadId, authorIn(context, as), commands);
  if (!result.ok) throw new RunOver(result.message);
  return result.state;
}

/** Who writes in this run, held to this worker's take of it. */
export function authorIn({ agent, take }: RunContext, as: 'agent' | 'choir'): Author {
  return as === 'agent' ? { actor: 'agent', agentId: agent.description.id, take } : { actor: 'choir', take };
}
