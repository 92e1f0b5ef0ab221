import { expect, test } from 'vitest';
import { foldAll } from '#lib/core/fold.ts';
import type { RunState } from '#lib/core/state.ts';
import { ledgerOf } from '#tests/builders/ledger.ts';
import { modelCall } from '#tests/builders/model-call.ts';
import { changed, checkpoint, summaryOf } from '#tests/builders/sample-threads.ts';
import { closingWords, reportRun } from './report-run.ts';

type Facts = Parameters<typeof ledgerOf>[0];

function play(mode: 'assisted' | 'autonomous', ...facts: Facts) {
  const queued = { goalId: 'go', goal: 'g', agent: 'model', agentReason: '', mode, dryRun: false } as const;
  const state = foldAll(
    ledgerOf([
      { ...checkpoint(0, 'Start'), runId: '' },
      { type: 'run.queued', data: queued },
      { type: 'run.started', data: { workerId: 'wk' } },
      ...facts,
    ]),
  );
  return { state, run: state.run as RunState, now: Date.parse(state.updatedAt) };
}

const step = (step_id: string) => ({ step_id, title: step_id, kind: 'edit' as const, depends_on: [], notes: '' });
const denied = { decision: 'deny', reach: 'outside', rule: 'r', reason: 'It is\nforbidden.' } as const;
const action = { cwd: '.', network: false, baseCheckpointId: 'cp_0', hash: '' };

test('says what was done, changed, asked, refused and spent', () => {
  const { state, run, now } = play(
    'autonomous',
    { type: 'plan.proposed', data: { revision: 1, reason: '', steps: [step('a'), step('b')] } },
    { type: 'step.finished', data: { stepId: 'a', status: 'done', note: '' } },
    {
      type: 'tool.proposed',
      data: { callId: 'ca', call: { tool: 'delete_path', args: { path: 'x' } }, explanation: '', verdict: denied },
    },
    {
      type: 'tool.finished',
      data: {
        callId: 'ca',
        result: { status: 'denied', stdout: '', stderr: '', returncode: null, error: 'no', artifacts: [], duration_ms: 0 },
      },
    },
    checkpoint(1, 'one', summaryOf(changed('a`b.ts', 1), changed('b.ts', 2))),
    checkpoint(2, 'two', summaryOf(changed('b.ts', 1))),
    { type: 'approval.requested', data: { approvalId: 'ap', kind: 'recovery', action, reason: '' } },
    { type: 'approval.answered', actor: 'person', data: { approvalId: 'ap', decision: 'reject', note: '' } },
    { type: 'model.called', data: modelCall({ inputTokens: 900, outputTokens: 100, costUsd: 0.5 }) },
  );
  expect(reportRun(state, run, now)).toBe(
    [
      '- Steps: 1 of 2 done',
      '- Files: 2 changed in checkpoints #1 to #2: ``a`b.ts``, `b.ts`',
      '- Asked: 1 (1 rejected)',
      '- Refused by the rules: 1, the last one because: It is forbidden.',
      '- Cost: $0.50 in 1 model call, 1.0k tokens; 7 s of work',
    ].join('\n'),
  );
});

test('says so when nothing came of it', () => {
  const { state, run, now } = play('autonomous');
  expect(reportRun(state, run, now)).toBe('- Files: none changed\n- Asked: nothing\n- Cost: no model was called; 0 s of work');
});

test('comes behind the last words only where nobody looked on', () => {
  const alone = play('autonomous');
  expect(closingWords(alone.state, alone.run, 'Done.', alone.now)).toMatch(/^Done\.\n\n- Files/);
  const watched = play('assisted');
  expect(closingWords(watched.state, watched.run, 'Done.', watched.now)).toBe('Done.');
});
