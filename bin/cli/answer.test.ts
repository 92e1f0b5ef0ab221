import { expect, test } from 'vitest';
import { approvalKinds } from '#lib/core/approval.ts';
import { consentTo } from './answer.ts';

test('--yes approves what a revert takes back, --yes-outside what it cannot; money, retries and terminals stay with the person', () => {
  const approved = (consent: Parameters<typeof consentTo>[1]) => approvalKinds.filter((kind) => consentTo(kind, consent) === 'approve');
  expect(approved({ yes: false, yesOutside: false })).toEqual([]);
  expect(approved({ yes: true, yesOutside: false })).toEqual(['effect', 'plan', 'action', 'turn']);
  expect(approved({ yes: false, yesOutside: true })).toEqual(['outside', 'unisolated']);
});
