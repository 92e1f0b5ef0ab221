import type { LedgerEvent } from '#lib/core/event.ts';
import { noCost } from '#lib/core/limits/run-cost.ts';
import { type Item, itemWindow, type ThreadState } from '#lib/core/state.ts';
import { describeChecks, signOfCheck } from '#lib/core/words/describe-checks.ts';
import { originOf } from './origin-of.ts';
import { replacePlans } from './replace-plans.ts';

/** Adds or updates the conversation's rows. `next` is the state being built: its run and checkpoints stand already at this event. */
export function foldItems(next: ThreadState, event: LedgerEvent): void {
  const added = addedItem(next, event);
  if (added) {
    const items = [...next.items, added];
    next.items = items.length > itemWindow ? items.slice(-itemWindow) : items;
    next.hasOlderItems ||= items.length > itemWindow;
  }
  updateItems(next, event);
}

function addedItem(next: ThreadState, event: LedgerEvent): Item | null {
  const base = { ...originOf(event), key: event.id, seq: event.seq, at: event.at, runId: event.runId };
  switch (event.type) {
    case 'goal.given':
      return { ...base, kind: 'goal', text: event.data.text, attachments: event.data.attachments };
    case 'guidance.given':
      return { ...base, kind: 'guidance', ...event.data, delivered: false };
    case 'message.posted':
      return { ...base, kind: 'message', text: event.data.text };
    case 'plan.proposed':
      return { ...base, kind: 'plan', revision: event.data.revision, reason: event.data.reason, steps: next.run?.steps ?? [] };
    case 'tool.proposed':
      return { ...base, kind: 'call', ...event.data, status: 'proposed', network: false };
    case 'approval.requested': {
      const approval = next.run?.approvals.at(-1);
      return approval ? { ...base, kind: 'approval', approval } : null;
    }
    case 'checkpoint.created': {
      const checkpoint = next.checkpoints.at(-1);
      return checkpoint ? { ...base, kind: 'checkpoint', checkpoint } : null;
    }
    case 'thread.reverted': {
      const { hidden: _, ...shown } = event.data;
      return { ...base, kind: 'revert', isUndo: (next.lastRevert?.undoes.length ?? 0) % 2 === 1, ...shown };
    }
    case 'run.completed':
    case 'run.failed':
    case 'run.cancelled': {
      const run = next.run;
      return {
        ...base,
        kind: 'run-ended',
        status: endStatus(event.type),
        extent: run?.extent ?? 'whole',
        text: run?.outcome ?? '',
        saidLength: saidLength(next, event.runId),
        workedMs: run?.clock.workedMs ?? 0,
        cost: run?.cost ?? noCost,
      };
    }
    default: {
      const notice = noticeOf(event);
      return notice && { ...base, kind: 'notice', ...notice };
    }
  }
}

/** What a person should have seen, in one line. */
function noticeOf(event: LedgerEvent): { tone: 'info' | 'warn'; text: string; details: string[] } | null {
  switch (event.type) {
    case 'rule.added':
      return { tone: 'info', text: `New rule: “${event.data.rule.text}”`, details: [] };
    case 'rule.revoked':
      return { tone: 'info', text: `Rule revoked: “${event.data.text}”`, details: [] };
    case 'rule.enforced':
      return { tone: 'warn', text: `Not kept, by the rule “${event.data.text}”`, details: [event.data.detail, ...event.data.paths] };
    case 'session.started':
      if (event.data.how === 'new') return null;
      return {
        tone: event.data.how === 'resumed' ? 'info' : 'warn',
        text: event.data.how === 'resumed' ? 'The agent took up its session again' : 'The agent was started again from a summary',
        details: [],
      };
    case 'session.ended':
      return event.data.reason === 'crashed' ? { tone: 'warn', text: 'The agent ended by itself', details: [event.data.detail] } : null;
    case 'context.compacted':
      return { tone: 'info', text: 'Older parts of the conversation were summarised for the model', details: [event.data.summary] };
    case 'context.collected': {
      // The list of files alone is no news.
      if (event.data.parts.length < 2) return null;
      const details = event.data.parts.map(({ name, bytes }) => `${name}: ${kilobytes(bytes)}`);
      return { tone: 'info', text: `Read ${kilobytes(event.data.bytes)} of the project for the model`, details };
    }
    case 'run.preflighted': {
      const { checks } = event.data;
      const { words, isWarning } = describeChecks(checks);
      const details = checks.map((check) => `${signOfCheck(check)} ${check.name}: ${check.detail}`);
      return { tone: isWarning ? 'warn' : 'info', text: words, details };
    }
    case 'model.answered':
      return event.data.aside ?? null;
    case 'model.called':
      return event.data.outcome === 'refused'
        ? { tone: 'warn', text: 'A model call was refused', details: [event.data.error ?? ''] }
        : null;
    default:
      return null;
  }
}

function kilobytes(bytes: number): string {
  return bytes < 1_000 ? `${bytes} bytes` : `${Math.round(bytes / 1_000)} KB`;
}

/** A report behind the last words begins a paragraph of its own. */
function saidLength({ items, run }: ThreadState, runId: string | undefined): number {
  const last = items.findLast(({ kind }) => kind !== 'checkpoint' && kind !== 'notice');
  if (last?.kind !== 'message' || last.runId !== runId) return 0;
  const outcome = run?.outcome ?? '';
  const said = last.text.trim();
  if (outcome.trim() === said) return outcome.length;
  return said !== '' && outcome.startsWith(`${said}\n\n`) ? said.length : 0;
}

function endStatus(type: 'run.completed' | 'run.failed' | 'run.cancelled') {
  return ({ 'run.completed': 'completed', 'run.failed': 'failed', 'run.cancelled': 'cancelled' } as const)[type];
}

function updateItems(next: ThreadState, event: LedgerEvent): void {
  switch (event.type) {
    // The words stand as the goal that they became.
    case 'goal.given': {
      const moved = new Set(event.data.guidanceIds);
      if (moved.size > 0) next.items = next.items.filter((item) => item.kind !== 'guidance' || !moved.has(item.guidanceId));
      return;
    }
    case 'plan.proposed':
      next.items = replacePlans(next.items, next.hidden);
      return;
    case 'step.started':
    case 'step.finished':
      updateLast(
        next,
        (item) => item.kind === 'plan' && item.runId === event.runId,
        (item) => (item.kind === 'plan' ? { ...item, steps: next.run?.steps ?? item.steps } : item),
      );
      return;
    case 'tool.started':
    case 'tool.finished':
    case 'approval.requested':
    case 'checkpoint.created':
      if (event.data.callId) updateCall(next, event.data.callId);
      return;
    case 'approval.answered':
    case 'approval.delivered':
    case 'approval.executed':
    case 'approval.withdrawn':
      updateApproval(next, event.data.approvalId);
      return;
    case 'guidance.delivered': {
      const delivered = new Set(event.data.guidanceIds);
      next.items = next.items.map((item) =>
        item.kind === 'guidance' && delivered.has(item.guidanceId) ? { ...item, delivered: true } : item,
      );
      return;
    }
    case 'checkpoint.named':
      updateLast(
        next,
        (item) => item.kind === 'checkpoint' && item.checkpoint.checkpointId === event.data.checkpointId,
        (item) => (item.kind === 'checkpoint' ? { ...item, checkpoint: { ...item.checkpoint, name: event.data.name } } : item),
      );
      return;
    default:
      return;
  }
}

function updateCall(next: ThreadState, callId: string): void {
  const call = next.run?.calls.find((candidate) => candidate.callId === callId);
  if (call)
    updateLast(
      next,
      (item) => item.kind === 'call' && item.callId === callId,
      (item) => ({ ...item, ...call }) as Item,
    );
}

function updateApproval(next: ThreadState, approvalId: string): void {
  const approval = next.run?.approvals.find((candidate) => candidate.approvalId === approvalId);
  if (!approval) return;
  updateLast(
    next,
    (item) => item.kind === 'approval' && item.approval.approvalId === approvalId,
    (item) => ({ ...item, approval }) as Item,
  );
  if (approval.callId) updateCall(next, approval.callId);
}

function updateLast(next: ThreadState, matches: (item: Item) => boolean, change: (item: Item) => Item): void {
  const index = next.items.findLastIndex(matches);
  const item = next.items[index];
  if (item) next.items = next.items.with(index, change(item));
}
