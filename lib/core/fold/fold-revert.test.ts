import { describe, expect, test } from 'vitest';
import { emptyChangeSummary } from '#lib/core/change.ts';
import { type Command, decide } from '#lib/core/decide.ts';
import type { LedgerEvent, RevertScope } from '#lib/core/event.ts';
import { foldAll, visibleItems } from '#lib/core/fold.ts';
import type { PlanStep } from '#lib/core/plan.ts';
import type { ThreadState } from '#lib/core/state.ts';
import { ledgerOf } from '#tests/builders/ledger.ts';

type Fact = Parameters<typeof ledgerOf>[0][number];

const call = { tool: 'read_file', args: { path: 'a' } } as const;
const verdict = { decision: 'allow', reach: 'tree', rule: 'r', reason: '' } as const;
const checkpoint = (number: number): Fact => ({
  type: 'checkpoint.created',
  data: {
    ...{
      checkpointId: `cp_${number}`,
      number,
      commit: `c${number}`,
      parentCommit: null,
      kind: number ? 'step' : 'base',
      label: `#${number}`,
    },
    changes: emptyChangeSummary,
  },
});
const started = (stepId: string): Fact => ({ type: 'step.started', data: { stepId } });
const proposed = (stepId: string, callId: string): Fact => ({
  type: 'tool.proposed',
  actor: 'agent',
  data: { callId, stepId, call, explanation: '', verdict },
});
const done = (stepId: string): Fact => ({ type: 'step.finished', data: { stepId, status: 'done', note: 'Done' } });
const step = (step_id: string): PlanStep => ({ step_id, title: step_id, kind: 'edit', depends_on: [], notes: '' });

/** Two steps: the first with one call and checkpoint 1, the second with two calls and checkpoints 2 and 3. */
const facts: Fact[] = [
  { type: 'thread.created', data: { workspaceId: 'ws', projectId: 'pr', projectName: 'p', title: 't' } },
  checkpoint(0),
  { type: 'goal.given', actor: 'person', data: { goalId: 'go', text: 'g' } },
  { type: 'run.queued', data: { goalId: 'go', goal: 'g', agent: 'rules', agentReason: '', mode: 'assisted', dryRun: false } },
  { type: 'run.started', data: { workerId: 'wk' } },
  { type: 'plan.proposed', actor: 'agent', data: { revision: 1, reason: '', steps: [step('s1'), step('s2')] } },
  ...[started('s1'), proposed('s1', 'ca_1'), checkpoint(1), done('s1')],
  ...[started('s2'), proposed('s2', 'ca_2'), checkpoint(2), proposed('s2', 'ca_3'), checkpoint(3), done('s2')],
  { type: 'run.completed', data: { summary: 'All done.' } },
];

function goBack(events: LedgerEvent[], checkpointId: string, scope: RevertScope): LedgerEvent[] {
  const state = foldAll(events);
  const target = state.checkpoints.find((candidate) => candidate.checkpointId === checkpointId)!;
  const command: Command = { type: 'revert', target, scope, reason: '', changes: emptyChangeSummary, cannotUndo: [] };
  const decision = decide(state, command, { actor: 'person', userId: 'us', via: 'api' }, '2026-01-02T00:00:00.000Z');
  if (!decision.ok) throw new Error(decision.message);
  const [event] = decision.events;
  return [...events, { ...event, position: state.seq + 1, threadId: state.threadId, seq: state.seq + 1 } as LedgerEvent];
}

const ledger = ledgerOf(facts);
const statuses = (state: ThreadState) => ({
  plan: state.items.flatMap((item) => (item.kind === 'plan' ? item.steps.map(({ status }) => status) : [])),
  run: state.run?.steps.map(({ status }) => status),
});
const both = (...steps: string[]) => ({ plan: steps, run: steps });

describe('going back with the conversation', () => {
  test.each([
    ['cp_3', 'done', 'done'],
    ['cp_2', 'done', 'pending'],
    ['cp_1', 'done', 'pending'],
    ['cp_0', 'pending', 'pending'],
  ])('to %s leaves the plan as it stood there: %s, %s', (checkpointId, ...steps) => {
    expect(statuses(foldAll(goBack(ledger, checkpointId, 'both')))).toEqual(both(...steps));
  });

  test('leaves the plan alone when only the code goes back, and brings all of it back when it is undone', () => {
    expect(statuses(foldAll(goBack(ledger, 'cp_1', 'code')))).toEqual(both('done', 'done'));
    expect(statuses(foldAll(goBack(goBack(ledger, 'cp_1', 'both'), 'cp_3', 'both')))).toEqual(both('done', 'done'));
  });

  test('makes a plan go on whose replacement is taken back', () => {
    const again: Fact = { type: 'plan.proposed', actor: 'agent', data: { revision: 2, reason: '', steps: [step('s2')] } };
    const replanned = ledgerOf([...facts.slice(0, -1), again, ...facts.slice(-1)]);
    const replaced = (events: LedgerEvent[]) =>
      visibleItems(foldAll(events)).flatMap((item) => (item.kind === 'plan' ? [item.isReplaced] : []));
    expect(replaced(replanned)).toEqual([true, false]);
    expect(replaced(goBack(replanned, 'cp_2', 'both'))).toEqual([false]);
    expect(replaced(goBack(replanned, 'cp_2', 'code'))).toEqual([true, false]);
  });

  test.each<RevertScope>(['code', 'both'])(
    'and undoing it, however often, leaves one card that says which of the two it was (%s)',
    (scope) => {
      const cards = (events: LedgerEvent[]) =>
        visibleItems(foldAll(events)).flatMap((item) => (item.kind === 'revert' ? [item.isUndo] : []));
      const back = goBack(ledger, 'cp_1', scope);
      const undone = goBack(back, 'cp_3', scope);
      const again = goBack(undone, 'cp_1', scope);
      expect([back, undone, again, goBack(again, 'cp_3', scope)].map(cards)).toEqual([[false], [true], [false], [true]]);
    },
  );
});
