import { expect, test } from 'vitest';
import type { PinnedAction } from '../approval.ts';
import { emptyChangeSummary } from '../change.ts';
import { answerLabel } from './answer-label.ts';
import { describeAnswer, describeClosed } from './describe-answer.ts';

test('an answer that keeps only some of what was made says so', () => {
  const hunk = { oldStart: 1, oldLines: 1, newStart: 1, newLines: 1 };
  expect(describeAnswer({ decision: 'approve' }, 'effect')).toBe('Approved');
  expect(describeAnswer({ decision: 'approve', keepPaths: ['a.txt'] }, 'effect')).toBe('Approved in part');
  expect(describeAnswer({ decision: 'approve', dropHunks: [{ path: 'a.txt', hunk }] }, 'effect')).toBe('Approved in part');
  expect(describeAnswer({ decision: 'modify' }, null)).toBe('To be changed');
});

test('what is said to a terminal is typed, before and after', () => {
  expect([answerLabel('modify', 'prompt'), describeAnswer({ decision: 'modify' }, 'prompt')]).toEqual(['Type', 'Typed']);
  expect([answerLabel('reject', 'prompt'), answerLabel('modify', 'plan')]).toEqual(['Reject', 'Modify']);
});

test('a closed question does not say what answers would do', () => {
  const action: PinnedAction = { cwd: '.', network: false, baseCheckpointId: 'cp_1', hash: '' };
  const reason = 'Approve presses Enter. Reject ends the run.';
  const effect = { commit: '', changes: emptyChangeSummary };
  const budget = { limit: 'maxIterations', used: 20, allowed: 20, next: 40 } as const;
  expect(describeClosed({ kind: 'budget', action: { ...action, budget }, reason })).toBe('going on at its limit, 20 of 20 steps');
  const unpriced = { ...budget, limit: 'price' } as const;
  expect(describeClosed({ kind: 'budget', action: { ...action, budget: unpriced }, reason })).toBe(
    'going on with a model whose price is not known',
  );
  expect(describeClosed({ kind: 'prompt', action, reason })).toBe('what the terminal waited for');
  expect(describeClosed({ kind: 'turn', action, reason })).toBe('what came of the turn');
  expect(describeClosed({ kind: 'plan', action, reason })).toBe('the plan');
  expect(describeClosed({ kind: 'plan', action: { ...action, effect }, reason })).toBe('what the dry run did');
  expect(describeClosed({ kind: 'outside', action, reason: 'It pushes.' })).toBe('It pushes.');
});
