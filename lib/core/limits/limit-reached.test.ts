import { expect, test } from 'vitest';
import { foldAll } from '#lib/core/fold.ts';
import type { RunState } from '#lib/core/state.ts';
import { ledgerOf } from '#tests/builders/ledger.ts';
import { modelCall } from '#tests/builders/model-call.ts';
import { givenLimits, limitReached, raisable, workedMs } from './limit-reached.ts';
import type { RunLimits } from './run-limits.ts';

type Facts = Parameters<typeof ledgerOf>[0];
type Fact = Facts[number];

const call = { tool: 'read_file', args: { path: 'a' } } as const;
const verdict = { decision: 'allow', reach: 'tree', rule: 'r', reason: '' } as const;
const proposed = (callId: string): Fact => ({ type: 'tool.proposed', actor: 'agent', data: { callId, call, explanation: '', verdict } });
const started: Fact = { type: 'run.started', data: { workerId: 'wk' } };
const resumed = (secondsLater: number): Fact => ({ type: 'run.resumed', secondsLater, data: { workerId: 'wk', reason: 'recovered' } });
const said = (secondsLater: number, actor: 'agent' | 'person' = 'agent'): Fact => ({
  type: 'guidance.given',
  actor,
  secondsLater,
  data: { guidanceId: 'g', text: 'x' },
});
const asked = (limit: 'timeMs' | 'maxIterations', allowed: number, next: number, secondsLater = 1): Fact => ({
  type: 'approval.requested',
  secondsLater,
  data: {
    approvalId: `ap_${allowed}`,
    kind: 'budget',
    reason: '',
    action: { cwd: '.', network: false, baseCheckpointId: 'cp', hash: '', budget: { limit, used: allowed, allowed, next } },
  },
});
const answered = (allowed: number, decision: 'approve' | 'reject' | 'modify', secondsLater = 1): Fact => ({
  type: 'approval.answered',
  actor: 'person',
  secondsLater,
  data: { approvalId: `ap_${allowed}`, decision, note: '' },
});

function play(limits: RunLimits, ...facts: Facts) {
  const queued = { goalId: 'go', goal: 'g', agent: 'model', agentReason: '', mode: 'autonomous', dryRun: false, limits } as const;
  const ledger = ledgerOf([
    { type: 'thread.created', data: { workspaceId: 'ws', projectId: 'pr', projectName: 'p', title: 't' } },
    { type: 'run.queued', data: queued },
    ...facts,
  ]);
  return { run: foldAll(ledger).run as RunState, at: Date.parse(ledger.at(-1)?.at ?? '') };
}

test('a budget below the price of one call is raised to what the call costs, and then doubled', () => {
  const { run } = play({ budgetUsd: 0.01 }, started);
  expect(raisable(run, 'budgetUsd', 0, 0.01, 0.0614).next).toBe(0.08);
  expect(raisable(run, 'budgetUsd', 0.06, 0.08, 0.0614).next).toBe(0.16);
  expect(raisable(run, 'budgetUsd', 0.01, 0.01, 0.005).next).toBe(0.02);
});

test('a run without limits comes to none', () => {
  const { run, at } = play({}, started, proposed('ca_1'));
  expect(limitReached(run, at + 1e12)).toBeNull();
});

test('an answer of a model is one iteration, however many calls it makes; each call of another agent is one', () => {
  const answer: Fact = {
    type: 'model.answered',
    actor: 'agent',
    data: { answerId: 'an', messages: [], calls: ['ca_1', 'ca_2'].map((callId) => ({ toolCallId: callId, callId })) },
  };
  expect(play({}, started, answer, proposed('ca_1'), proposed('ca_2')).run.iterations).toBe(1);
  expect(play({}, started, proposed('ca_1'), proposed('ca_2')).run.iterations).toBe(2);
  const { run, at } = play({ maxIterations: 2 }, started, proposed('ca_1'), proposed('ca_2'));
  expect(limitReached(run, at)).toEqual({ limit: 'maxIterations', used: 2, allowed: 2, next: 4 });
});

test('money counts to the run however it was called', () => {
  const spent: Fact = { type: 'model.called', data: modelCall({ costUsd: 0.75 }) };
  expect(limitReached(play({ budgetUsd: 1 }, started, spent).run, 0)).toBeNull();
  expect(limitReached(play({ budgetUsd: 1 }, started, spent, spent).run, 0)).toEqual({
    limit: 'budgetUsd',
    used: 1.5,
    allowed: 1,
    next: 2.5,
  });
});

test('time counts while a worker has the run: not in the queue, not while it waits, not while no worker lives', () => {
  const { run, at } = play(
    {},
    { ...started, secondsLater: 1_000 },
    said(10),
    asked('timeMs', 1, 2, 10),
    answered(1, 'approve', 5_000),
    resumed(100),
    said(10),
    said(3_000, 'person'),
    resumed(3_000),
    said(10),
  );
  expect(workedMs(run, at)).toBe(40_000);
  expect(workedMs(run, at + 5_000)).toBe(45_000);
});

test('approve raises the limit to what the card said, each time by as much as was given', () => {
  const { run, at } = play({ maxIterations: 1 }, started, proposed('ca_1'), asked('maxIterations', 1, 2), answered(1, 'approve'));
  expect(run.limits.maxIterations).toBe(2);
  expect(limitReached(run, at)).toBeNull();
  const again = play(
    { maxIterations: 1 },
    started,
    proposed('ca_1'),
    asked('maxIterations', 1, 2),
    answered(1, 'modify'),
    proposed('ca_2'),
  );
  expect(limitReached(again.run, at)).toEqual({ limit: 'maxIterations', used: 2, allowed: 2, next: 3 });
  expect(givenLimits(again.run)).toEqual({ maxIterations: 1 });
});

test('reject raises nothing', () => {
  const { run, at } = play({ maxIterations: 1 }, started, proposed('ca_1'), asked('maxIterations', 1, 2), answered(1, 'reject'));
  expect(limitReached(run, at)).toMatchObject({ allowed: 1 });
});
