import type { LedgerEvent } from './event.ts';
import { foldItems } from './fold/fold-items.ts';
import { foldLastRevert, takeBackSteps } from './fold/fold-revert.ts';
import { foldRun } from './fold/fold-run.ts';
import { type CheckpointState, checkpointWindow, emptyThread, isActive, isHidden, type ThreadState } from './state.ts';

/**
 * The state of a thread after one more event. Pure; the only thing that computes thread state, on every face and in the worker.
 * Events must come in order of `seq`, without gaps; one that was folded already changes nothing.
 */
export function fold(state: ThreadState, event: LedgerEvent): ThreadState {
  if (event.seq <= state.seq) return state;
  const next: ThreadState = { ...state, threadId: event.threadId, seq: event.seq, updatedAt: event.at };
  foldThread(next, event);
  next.run = foldRun(state.run, event);
  if (event.type === 'checkpoint.created' && next.run && event.data.callId) {
    const { callId, checkpointId } = event.data;
    next.run = { ...next.run, calls: next.run.calls.map((call) => (call.callId === callId ? { ...call, checkpointId } : call)) };
  }
  foldItems(next, event);
  if (event.type === 'thread.reverted' && event.data.scope !== 'code' && !isActive(next.run)) takeBackSteps(next);
  return next;
}

/** The state after `events`, which follow on `from` in the order of their `seq`. */
export function foldAll(events: Iterable<LedgerEvent>, from: ThreadState = emptyThread): ThreadState {
  let state = from;
  for (const event of events) state = fold(state, event);
  return state;
}

function foldThread(next: ThreadState, event: LedgerEvent): void {
  switch (event.type) {
    case 'thread.created':
      next.workspaceId = event.data.workspaceId;
      next.projectId = event.data.projectId;
      next.projectName = event.data.projectName;
      next.title = event.data.title;
      next.createdAt = event.at;
      return;
    case 'checkpoint.created': {
      const checkpoint: CheckpointState = {
        ...event.data,
        seq: event.seq,
        at: event.at,
        actor: event.actor,
        runId: event.runId,
        hidden: next.hidden,
      };
      next.checkpoints = [...next.checkpoints, checkpoint].slice(-checkpointWindow);
      next.checkpointCount += 1;
      next.currentCheckpointId = checkpoint.checkpointId;
      return;
    }
    case 'checkpoint.named':
      next.checkpoints = next.checkpoints.map((checkpoint) =>
        checkpoint.checkpointId === event.data.checkpointId ? { ...checkpoint, name: event.data.name } : checkpoint,
      );
      return;
    case 'thread.reverted':
      next.lastRevert = foldLastRevert(next, event.seq, event.data);
      if (event.data.scope !== 'conversation') next.currentCheckpointId = event.data.checkpointId;
      next.hidden = event.data.hidden;
      return;
    default:
      return;
  }
}

/** The rows a person reads as the conversation now: without what a revert of the conversation took back. */
export function visibleItems(state: ThreadState) {
  return state.items.filter((item) => !isHidden(state.hidden, item.seq));
}
