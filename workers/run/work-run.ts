import type { Job } from '#lib/bus/job-queue.ts';
import { publishStopped } from '#lib/bus/stopped-runs.ts';
import { isActive } from '#lib/core/state.ts';
import { askForWorker } from '#lib/threads/ask-for-worker.ts';
import { lockThread } from '#lib/threads/lock-thread.ts';
import { settleTree } from '#lib/threads/revert/settle-tree.ts';
import type { Agent, MoveAgent } from '../agents/agent.ts';
import { workSession } from '../session/work-session.ts';
import { advanceRun } from './advance-run.ts';
import { fruitlessTakes, isStuck } from './is-stuck.ts';
import { isToBeChecked, preflightRun } from './preflight/preflight.ts';
import { recoverTransactions } from './recover-transactions.ts';
import { authorIn, type RunContext, RunOver, record, type Worker } from './run-context.ts';
import { watchForEnd } from './watch-for-end.ts';

const lockWaitMs = 1_000;
const moveLimit = 5_000;

/**
 * Works on one run until it waits for a person or ends. Everything it needs is in the ledger and in git, so it starts the same way for a new
 * run, after an answer and after a crash. Does nothing when another worker holds the thread.
 */
export async function workRun(worker: Worker, { threadId, runId }: Job, stop: AbortSignal): Promise<void> {
  const lock = await lockThread(worker.database, threadId, lockWaitMs);
  if (!lock) return;
  try {
    await workLocked(worker, threadId, runId, AbortSignal.any([stop, lock.signal]));
  } finally {
    await stopSandboxes(worker, threadId, runId).finally(() => lock.release());
  }
  await passOn(worker, threadId, runId);
}

/** Words that this run did not hear have become the next one, which needs the thread's lock. */
async function passOn(worker: Worker, threadId: string, runId: string): Promise<void> {
  const { run } = await worker.ledger.load(threadId);
  if (run?.status === 'queued' && run.runId !== runId) await askForWorker(worker, { threadId, runId: run.runId, key: run.runId });
}

/** A program of its own lives on while its run is not over: it waits for the person, or for the next worker. */
async function stopSandboxes({ ledger, sandbox, bus }: Worker, threadId: string, runId: string): Promise<void> {
  const { run } = await ledger.load(threadId).catch(() => ({ run: null }));
  const keepSessions = isActive(run) && run.runId === runId;
  await sandbox.stop(threadId, { keepSessions });
  if (!keepSessions) publishStopped(bus, runId);
}

async function workLocked(worker: Worker, threadId: string, runId: string, stop: AbortSignal): Promise<void> {
  const { workspaceId, run } = await worker.ledger.load(threadId);
  if (!isActive(run) || run.runId !== runId) return;
  const agent = worker.agents.get(run.agent);
  if (!agent) {
    await worker.ledger.command(threadId, { actor: 'choir', take: run.take }, [
      { type: 'fail-run', runId, error: `This worker has no agent called "${run.agent}".` },
    ]);
    return;
  }
  const end = watchForEnd(worker, workspaceId, threadId, runId);
  const signal = AbortSignal.any([stop, end.signal]);
  try {
    await takeRun({ ...worker, threadId, runId, agent, signal, take: run.take }, agent);
  } catch (error) {
    if (!(error instanceof RunOver) && !signal.aborted) throw error;
  } finally {
    end.close();
  }
}

async function takeRun(before: RunContext, agent: Agent): Promise<void> {
  const state = await before.ledger.load(before.threadId);
  if (!isActive(state.run)) return;
  const answered = state.run.approvals.some((approval) => approval.answer && !approval.executed);
  if (state.run.status === 'waiting' && !answered) return;
  if (await isStuck(before, state)) {
    const error = `Choir stopped ${fruitlessTakes} times at the same place. The log of its worker says why.`;
    await record(before, 'choir', [{ type: 'fail-run', runId: before.runId, error }]);
    return;
  }
  const taken = await record(before, 'choir', [
    { type: 'take-run', runId: before.runId, workerId: before.workerId, reason: answered ? 'answered' : 'recovered' },
  ]);
  const context = { ...before, take: taken.run?.take ?? before.take };
  const lives = state.run.session !== null;
  await context.sandbox.stop(context.threadId, { keepSessions: lives });
  await recoverTransactions(context);
  // Under the overlay of a session the tree must not change.
  if (lives && 'program' in agent) return workSession(context, agent);
  const settled = await settle(context, 'person');
  if (!isActive(settled.state.run)) return;
  if (isToBeChecked(settled.state.run) && !(await preflightRun(context, { state: settled.state, run: settled.state.run }))) return;
  if ('program' in agent) await workSession(context, agent);
  else await makeMoves(context, agent);
}

async function makeMoves(context: RunContext, agent: MoveAgent): Promise<void> {
  let lookedAt = Date.now();
  for (let moves = 0; moves < moveLimit; moves += 1) {
    context.signal.throwIfAborted();
    const current = await context.ledger.load(context.threadId);
    if (!isActive(current.run) || current.run.runId !== context.runId) return;
    const { checkpointEveryMs = Number.POSITIVE_INFINITY } = current.run.limits;
    if (Date.now() - lookedAt >= checkpointEveryMs) {
      // Each step has its checkpoint: what is new by now came into the tree from elsewhere.
      await settle(context, 'timed');
      lookedAt = Date.now();
      continue;
    }
    if ((await advanceRun(context, agent, { state: current, run: current.run })) === 'parked') return;
  }
  await record(context, 'choir', [
    { type: 'fail-run', runId: context.runId, error: `Stopped after ${moveLimit} moves: the agent does not come to an end.` },
  ]);
}

function settle(context: RunContext, kind: 'person' | 'timed') {
  return settleTree(context, { threadId: context.threadId, kind, signal: context.signal, author: authorIn(context, 'choir') });
}
