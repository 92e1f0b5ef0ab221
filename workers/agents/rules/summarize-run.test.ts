import { expect, test } from 'vitest';
import { foldAll } from '#lib/core/fold.ts';
import type { RunState } from '#lib/core/state.ts';
import { unescapeMarkdown } from '#lib/core/words/unescape-markdown.ts';
import { ledgerOf } from '#tests/builders/ledger.ts';
import { summarizeRun } from './summarize-run.ts';

test('titles are read as they are written, also where they look like a formula', () => {
  const title = "Run sed 's/^3$/three/; s/~~30~~$/*thirty*/'";
  const queued = { goalId: 'go', goal: 'g', agent: 'rules', agentReason: '', mode: 'assisted', dryRun: false } as const;
  const step = { step_id: 's', title, kind: 'command' as const, depends_on: [], notes: '' };
  const { run } = foldAll(
    ledgerOf([
      { type: 'run.queued', data: queued },
      { type: 'plan.proposed', data: { revision: 1, reason: '', steps: [step] } },
      { type: 'step.finished', data: { stepId: 's', status: 'done', note: '' } },
    ]),
  );
  const summary = summarizeRun(run as RunState);
  expect(summary).toBe("Run sed 's/^3\\$/three/; s/\\~\\~30\\~\\~\\$/\\*thirty\\*/'");
  expect(unescapeMarkdown(summary)).toBe(title);
});
