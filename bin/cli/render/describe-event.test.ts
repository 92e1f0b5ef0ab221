import { expect, test } from 'vitest';
import type { LedgerEvent } from '#lib/core/event.ts';
import { foldAll } from '#lib/core/fold.ts';
import { ledgerOf } from '#tests/builders/ledger.ts';
import { terminalStyle } from '../terminal.ts';
import { describeEvent } from './describe-event.ts';

const action = { cwd: '.', network: false, baseCheckpointId: 'cp_1', hash: '' };

test.each([
  ['prompt', '  typed: yes'],
  ['recovery', '  to be changed: yes'],
] as const)('words that answer a %s are called what they are', (kind, line) => {
  const ledger = ledgerOf([
    {
      type: 'run.queued',
      data: { goalId: 'go_1', goal: 'Do it', agent: 'rules', agentReason: 'the default', mode: 'assisted', dryRun: false },
    },
    { type: 'approval.requested', data: { approvalId: 'ap_1', kind, reason: 'It waits.', action } },
    { type: 'approval.answered', data: { approvalId: 'ap_1', decision: 'modify', note: 'yes' } },
  ]);
  expect(describeEvent(foldAll(ledger), ledger.at(-1) as LedgerEvent, terminalStyle(false))).toEqual([line]);
});
