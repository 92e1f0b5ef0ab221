import { expect, test } from 'vitest';
import { describeChecks, signOfCheck } from './describe-checks.ts';

const disk = { name: 'Disk', ok: true, detail: '' };
const cost = { name: 'Cost', ok: true, warns: true, detail: '' };
const model = { name: 'Model', ok: false, detail: '' };

test('what only warns has no tick, and is named beside a run that may start', () => {
  expect([disk, cost, model].map(signOfCheck)).toEqual(['✓', '⚠', '✗']);
  expect(describeChecks([disk])).toEqual({ words: 'Ready to work on its own', isWarning: false });
  expect(describeChecks([disk, cost])).toEqual({ words: 'Ready to work on its own, but look at: Cost', isWarning: true });
  expect(describeChecks([disk, cost, model])).toEqual({ words: 'Not ready: Model', isWarning: true });
});
