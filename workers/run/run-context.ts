import type { Services } from '#lib/context.ts';
import type { Command } from '#lib/core/decide.ts';
import type { ActiveRun, ThreadState } from '#lib/core/state.ts';
import type { Agent } from '../agents/agent.ts';
import type { Gateway } from '../gateway/gateway-access.ts';
import type { Sandbox } from '../sandbox/sandbox.ts';

/** What a worker has, for as long as its process lives. */
export type Worker = Services & { workerId: string; sandbox: Sandbox; agents: ReadonlyMap<string, Agent>; gateway: Gateway };

/** One run in the hands of this worker: it holds the thread's lock, and `signal` aborts when the run must stop at once. */
export type RunContext = Worker & { threadId: string; runId: string; agent: Agent; signal: AbortSignal };

export type RunSnapshot = { state: ThreadState; run: ActiveRun };

/** The run ended, was cancelled or was replaced behind this worker's back: whatever it still holds is void. */
export class RunOver extends Error {}

/** Writes as the run's agent (what it says and wants) or as Choir (what it did). Throws `RunOver` when the run does not take it any more. */
export async function record(context: RunContext, as: 'agent' | 'choir', commands: Command[]): Promise<ThreadState> {
  const author = as === 'agent' ? ({ actor: 'agent', agentId: context.agent.description.id } as const) : ({ actor: 'choir' } as const);
  const result = await context.ledger.command(context.threadId, author, commands);
  if (!result.ok) throw new RunOver(result.message);
  return result.state;
}
