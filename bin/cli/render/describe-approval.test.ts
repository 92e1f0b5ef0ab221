import { expect, test } from 'vitest';
import { summaryOf } from '#tests/builders/sample-threads.ts';
import { terminalStyle } from '../terminal.ts';
import { describeApproval } from './describe-approval.ts';

const plan = { approvalId: 'ap_1', kind: 'plan', reason: 'Nothing is kept yet.' } as const;
const action = { cwd: '.', network: false, baseCheckpointId: 'cp_0', hash: '' };

test.each([
  ['a plan that has not run, whether to carry it out', undefined, 'Carry out this plan?'],
  ['a dry run, whether to keep what it did', { commit: 'c1', changes: summaryOf() }, 'Keep what this dry run did?'],
])('asks of %s', (_, effect, question) => {
  expect(describeApproval({ ...plan, action: { ...action, effect } }, terminalStyle(false))[0]).toBe(`? ${question}`);
});
