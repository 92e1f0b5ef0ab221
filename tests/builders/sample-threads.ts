import type { PinnedAction } from '#lib/core/approval.ts';
import type { ChangeSummary, FileChange } from '#lib/core/change.ts';
import { emptyChangeSummary } from '#lib/core/change.ts';
import type { LedgerEvent } from '#lib/core/event.ts';
import type { PlanStep } from '#lib/core/plan.ts';
import type { ToolCall, ToolResult } from '#lib/core/tool.ts';
import { ledgerOf } from './ledger.ts';

type Facts = Parameters<typeof ledgerOf>[0][number][];

const person = { actor: 'person', userId: 'us_sample', via: 'pwa' } as const;
const agent = { actor: 'agent', agentId: 'rules' } as const;
const allowed = { decision: 'allow', reach: 'tree', rule: 'tree.edit', reason: 'Edits inside the working tree are free.' } as const;

export function changed(path: string, additions: number, deletions = 0, status: FileChange['status'] = 'modified'): FileChange {
  return { path, status, additions, deletions, binary: false };
}

export function summaryOf(...files: FileChange[]): ChangeSummary {
  const sum = (pick: (file: FileChange) => number) => files.reduce((total, file) => total + pick(file), 0);
  return {
    files,
    fileCount: files.length,
    deletedCount: files.filter((file) => file.status === 'deleted').length,
    additions: sum((file) => file.additions),
    deletions: sum((file) => file.deletions),
    leftOut: [],
  };
}

export function resultOf(overrides: Partial<ToolResult> = {}): ToolResult {
  return { status: 'succeeded', stdout: '', stderr: '', returncode: null, error: null, artifacts: [], duration_ms: 12, ...overrides };
}

const steps: PlanStep[] = [
  { step_id: 's1', title: 'Look at how prices are rounded now', kind: 'inspect', depends_on: [], notes: '' },
  { step_id: 's2', title: 'Round to the cent in one place', kind: 'edit', depends_on: ['s1'], notes: '', confidence: 0.93 },
  { step_id: 's3', title: 'Run the tests', kind: 'command', depends_on: ['s2'], notes: '' },
  { step_id: 's4', title: 'Remove the old rounding files', kind: 'edit', depends_on: ['s3'], notes: '' },
];

function call(
  callId: string,
  stepId: string,
  tool: ToolCall,
  explanation: string,
  result: Partial<ToolResult>,
  files: FileChange[],
  n: number,
): Facts {
  const finished: Facts = [
    { type: 'tool.proposed', ...agent, data: { callId, stepId, call: tool, explanation, confidence: 0.9, verdict: allowed } },
    { type: 'tool.started', data: { callId, baseCheckpointId: `cp_${n - 1}`, network: false } },
    { type: 'tool.finished', data: { callId, result: resultOf(result) } },
  ];
  if (files.length === 0) return finished;
  return [...finished, checkpoint(n, `${tool.tool.replace('_', ' ')} ${files[0]?.path}`, summaryOf(...files), callId)];
}

export function checkpoint(number: number, label: string, changes = emptyChangeSummary, callId?: string): Facts[number] {
  const kind = number === 0 ? 'base' : 'step';
  const commit = String(number).padStart(40, '0');
  return {
    type: 'checkpoint.created',
    data: { checkpointId: `cp_${number}`, number, commit, parentCommit: null, kind, label, changes, callId },
  };
}

function opening(goal: string): Facts {
  return [
    {
      type: 'thread.created',
      ...person,
      data: { workspaceId: 'ws_sample', projectId: 'pr_shop', projectName: 'corner-shop', title: goal },
    },
    checkpoint(0, 'Start of corner-shop'),
    { type: 'goal.given', ...person, data: { goalId: 'go_1', text: goal } },
    {
      type: 'run.queued',
      ...person,
      data: { goalId: 'go_1', goal, agent: 'rules', agentReason: 'the default', mode: 'assisted', dryRun: false },
    },
    { type: 'run.started', data: { workerId: 'wo_1' } },
  ];
}

const edit = {
  tool: 'edit_file' as const,
  args: { path: 'src/basket/total.ts', find: 'Math.floor', replace: 'roundToCent', all: true },
} satisfies ToolCall;

function work(): Facts {
  return [
    ...opening('Prices in the basket are off by a cent. Round them in one place, run the tests, then remove the old rounding files.'),
    {
      type: 'message.posted',
      ...agent,
      data: { text: 'I will look at the rounding first, then move it into **one function** that everything uses.' },
    },
    { type: 'plan.proposed', ...agent, data: { revision: 1, reason: '', steps } },
    { type: 'step.started', data: { stepId: 's1' } },
    ...call(
      'ca_1',
      's1',
      { tool: 'search_files', args: { query: 'Math.floor', path: 'src' } },
      'Find where prices are rounded.',
      { stdout: 'src/basket/total.ts:14: return Math.floor(sum)\nsrc/basket/line.ts:9: Math.floor(price * count)\n' },
      [],
      0,
    ),
    ...call(
      'ca_2',
      's1',
      { tool: 'read_file', args: { path: 'src/basket/total.ts' } },
      'Read the sum.',
      { stdout: 'export function total() {}' },
      [],
      0,
    ),
    { type: 'step.finished', data: { stepId: 's1', status: 'done', note: '' } },
    { type: 'step.started', data: { stepId: 's2' } },
    ...call(
      'ca_3',
      's2',
      {
        tool: 'create_file',
        args: {
          path: 'src/money/round-to-cent.ts',
          content: 'export function roundToCent(value: number) {\n  return Math.round(value * 100) / 100;\n}\n',
        },
      },
      'One place for rounding.',
      {},
      [changed('src/money/round-to-cent.ts', 3, 0, 'added')],
      1,
    ),
    ...call('ca_4', 's2', edit, 'Use it for the sum.', {}, [changed('src/basket/total.ts', 2, 2)], 2),
    ...call(
      'ca_5',
      's2',
      { ...edit, args: { ...edit.args, path: 'src/basket/line.ts' } },
      'Use it for each line.',
      {},
      [changed('src/basket/line.ts', 2, 1)],
      3,
    ),
    { type: 'step.finished', data: { stepId: 's2', status: 'done', note: '' } },
    { type: 'step.started', data: { stepId: 's3' } },
  ];
}

/** A run whose tests are running now. */
export function workingThread(): LedgerEvent[] {
  return ledgerOf([
    ...work(),
    {
      type: 'tool.proposed',
      ...agent,
      data: {
        callId: 'ca_6',
        stepId: 's3',
        call: { tool: 'run_command', args: { command: 'npm test', cwd: '.' } },
        explanation: 'See whether the basket adds up.',
        verdict: { ...allowed, rule: 'command.tests' },
      },
    },
    { type: 'tool.started', data: { callId: 'ca_6', baseCheckpointId: 'cp_3', network: false } },
  ]);
}

export function pinned(overrides: Partial<PinnedAction> = {}): PinnedAction {
  return { cwd: '.', network: false, baseCheckpointId: 'cp_3', hash: 'sha256:3f9a6b', ...overrides };
}

const removal: ToolCall = { tool: 'run_command', args: { command: 'git ls-files "*rounding*" | xargs rm -v', cwd: '.' } };
const removalEffect = {
  commit: 'f'.repeat(40),
  changes: {
    ...summaryOf(
      changed('src/basket/rounding.ts', 0, 48, 'deleted'),
      changed('src/basket/rounding.test.ts', 0, 112, 'deleted'),
      changed('src/legacy/rounding-tables.json', 0, 260, 'deleted'),
    ),
    leftOut: [{ path: 'node_modules', reason: 'dependency-folder' as const, bytes: 182_000_000, files: 14_210 }],
  },
  result: resultOf({
    stdout: "removed 'src/basket/rounding.ts'\nremoved 'src/basket/rounding.test.ts'\nremoved 'src/legacy/rounding-tables.json'\n",
    returncode: 0,
    duration_ms: 38,
  }),
};

function asking(action: Partial<PinnedAction> = {}, reason = 'Deletes 3 files.', kind: 'effect' | 'outside' = 'effect'): Facts {
  return [
    ...work(),
    ...call(
      'ca_6',
      's3',
      { tool: 'run_command', args: { command: 'npm test', cwd: '.' } },
      'See whether the basket adds up.',
      { stdout: ' Test Files  14 passed (14)\n      Tests  96 passed (96)\n   Duration  1.18s\n', returncode: 0, duration_ms: 1_204 },
      [],
      3,
    ),
    { type: 'step.finished', data: { stepId: 's3', status: 'done', note: '' } },
    { type: 'step.started', data: { stepId: 's4' } },
    {
      type: 'tool.proposed',
      ...agent,
      data: {
        callId: 'ca_7',
        stepId: 's4',
        call: action.call ?? removal,
        explanation: 'Nothing uses them any more.',
        confidence: 0.82,
        verdict: { decision: 'ask', reach: kind === 'outside' ? 'outside' : 'tree', rule: 'tree.delete', reason },
      },
    },
    {
      type: 'approval.requested',
      data: {
        approvalId: 'ap_1',
        kind,
        callId: 'ca_7',
        stepId: 's4',
        action: pinned({ call: removal, effect: removalEffect, ...action }),
        reason,
      },
    },
  ];
}

/** A run that waits for an answer: what its action and question hold besides the removal of three files. */
export function askingThread(...question: Parameters<typeof asking>): LedgerEvent[] {
  return ledgerOf(asking(...question));
}

/** A thread that was approved, completed, and then taken back a step. */
export function revertedThread(): LedgerEvent[] {
  return ledgerOf([
    ...asking(),
    { type: 'approval.answered', ...person, data: { approvalId: 'ap_1', decision: 'approve', note: '' }, secondsLater: 40 },
    { type: 'run.resumed', data: { workerId: 'wo_2', reason: 'answered' } },
    { type: 'approval.delivered', data: { approvalId: 'ap_1' } },
    { type: 'tool.started', data: { callId: 'ca_7', baseCheckpointId: 'cp_3', network: false } },
    { type: 'tool.finished', data: { callId: 'ca_7', result: removalEffect.result } },
    checkpoint(4, 'Remove the old rounding files', removalEffect.changes, 'ca_7'),
    { type: 'approval.executed', data: { approvalId: 'ap_1', outcome: 'Kept 3 files' } },
    { type: 'step.finished', data: { stepId: 's4', status: 'done', note: '' } },
    { type: 'guidance.given', ...person, data: { guidanceId: 'gu_1', text: 'Keep the names short, please.' } },
    { type: 'guidance.delivered', data: { guidanceIds: ['gu_1'] } },
    {
      type: 'message.posted',
      ...agent,
      data: {
        text: 'Every price goes through `roundToCent` now:\n\n```ts\nexport function roundToCent(value: number) {\n  return Math.round(value * 100) / 100;\n}\n```\n\n- the basket line\n- the basket total\n\nThe tests pass ([report](https://example.org/report)).',
      },
    },
    {
      type: 'run.completed',
      ...agent,
      data: { summary: 'Rounding lives in src/money/round-to-cent.ts; 96 tests pass; 3 old files are gone.' },
    },
    {
      type: 'thread.reverted',
      ...person,
      data: {
        checkpointId: 'cp_3',
        fromCheckpointId: 'cp_4',
        scope: 'code',
        reason: '',
        changes: summaryOf(
          changed('src/basket/rounding.ts', 48, 0, 'added'),
          changed('src/basket/rounding.test.ts', 112, 0, 'added'),
          changed('src/legacy/rounding-tables.json', 260, 0, 'added'),
        ),
        cannotUndo: [],
        hidden: [],
      },
      secondsLater: 90,
    },
  ]);
}
