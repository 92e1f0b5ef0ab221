import { expect, test } from 'vitest';
import { emptyChangeSummary } from '#lib/core/change.ts';
import { foldAll } from '#lib/core/fold.ts';
import { ledgerOf } from '#tests/builders/ledger.ts';

type Fact = Parameters<typeof ledgerOf>[0][number];

const queued: Fact = {
  type: 'run.queued',
  data: {
    goalId: 'go_1',
    goal: 'Do it',
    agent: 'model',
    agentReason: '',
    mode: 'assisted',
    dryRun: false,
    limits: {},
    judgement: 'action',
  },
};
const said = (text: string): Fact => ({ type: 'message.posted', data: { text } });
const call: Fact = {
  type: 'tool.proposed',
  data: {
    ...{ callId: 'ca_1', call: { tool: 'read_file', args: { path: 'a' } }, explanation: '' },
    verdict: { decision: 'allow', reach: 'tree', rule: 'r', reason: '' },
  },
};
const checkpoint: Fact = {
  type: 'checkpoint.created',
  data: {
    ...{ checkpointId: 'cp_1', number: 1, commit: 'c1', parentCommit: 'c0', kind: 'step', label: 'Write a' },
    changes: emptyChangeSummary,
  },
};

test.each([
  ['its last words', [said('All done.\n')], 'All done.', ''],
  ['its last words, checkpointed since', [said('All done.'), checkpoint], 'All done.', ''],
  ['its last words and a report', [said('All done.\n')], 'All done.\n\n- Asked: nothing', '\n\n- Asked: nothing'],
  ['more than its last words', [said('All')], 'All done.', 'All done.'],
  ['other words', [said('I begin.')], 'All done.', 'All done.'],
  ['its words before its last call', [said('All done.'), call], 'All done.', 'All done.'],
  ['nothing', [], 'All done.', 'All done.'],
])('the end of a run knows what is new in it where its summary is %s', (_, facts, summary, news) => {
  const { items } = foldAll(ledgerOf([queued, ...facts, { type: 'run.completed', data: { summary } }]));
  const end = items.at(-1);
  expect(end?.kind === 'run-ended' && end.text.slice(end.saidLength)).toBe(news);
});

test.each([
  ['the whole of its plan', ['done', 'done'], 'whole'],
  ['a part of it', ['done', 'skipped'], 'part'],
  ['nothing of it', ['failed', 'pending'], 'nothing'],
  ['nothing of what it was to do, and no plan', [], 'whole'],
] as const)('the end of a run knows that it did %s', (_, ends, extent) => {
  const steps = ends.map((_end, index) => ({ step_id: `s${index}`, title: 'Do', kind: 'edit' as const, depends_on: [], notes: '' }));
  const ended: Fact[] = ends.flatMap((status, index) =>
    status === 'pending' ? [] : [{ type: 'step.finished', data: { stepId: `s${index}`, status, note: '' } }],
  );
  const plan: Fact[] = steps.length > 0 ? [{ type: 'plan.proposed', data: { revision: 1, reason: '', steps } }] : [];
  const { items } = foldAll(ledgerOf([queued, ...plan, ...ended, { type: 'run.completed', data: { summary: '' } }]));
  expect(items.at(-1)).toMatchObject({ kind: 'run-ended', extent });
});

test('the end of a run knows how long it worked, its time in the queue left out', () => {
  const started: Fact = {
    type: 'run.started',
    secondsLater: 1_000,
    data: { workerId: 'wk' },
  };
  const { items } = foldAll(
    ledgerOf([queued, started, { ...said('All done.'), secondsLater: 10 }, { type: 'run.completed', data: { summary: '' } }]),
  );
  expect(items.at(-1)).toMatchObject({ kind: 'run-ended', workedMs: 11_000 });
});

test('a plan is replaced by the next one of its run', () => {
  const steps = ['s1', 's2'].map((step_id) => ({ step_id, title: 'Do', kind: 'edit' as const, depends_on: [], notes: '' }));
  const plan = (revision: number): Fact => ({ type: 'plan.proposed', data: { revision, reason: '', steps } });
  const replaced = (...facts: Fact[]) =>
    foldAll(ledgerOf([queued, ...facts])).items.flatMap((item) => (item.kind === 'plan' ? [item.isReplaced] : []));
  const began: Fact = { type: 'step.started', data: { stepId: 's1' } };
  expect(replaced(plan(1), began)).toEqual([false]);
  expect(replaced(plan(1), began, plan(2), began)).toEqual([true, false]);
});

test('what came of a turn and was dropped is nothing, whatever the agent says of it', () => {
  const action = { baseCheckpointId: 'cp_0', hash: 'h', cwd: '.', network: false };
  const turn = (approvalId: string, decision: 'approve' | 'reject'): Fact[] => [
    { type: 'approval.requested', data: { approvalId, kind: 'turn', reason: '', action } },
    { type: 'approval.answered', data: { approvalId, decision, note: '' } },
  ];
  const ended = (...facts: Fact[]) =>
    foldAll(ledgerOf([queued, ...facts, { type: 'run.completed', data: { summary: 'Done.' } }])).items.at(-1);
  expect(ended(...turn('ap_1', 'reject'))).toMatchObject({ extent: 'nothing' });
  expect(ended(...turn('ap_1', 'approve'), ...turn('ap_2', 'reject'))).toMatchObject({ extent: 'part' });
  expect(ended(...turn('ap_1', 'reject'), ...turn('ap_2', 'approve'))).toMatchObject({ extent: 'whole' });
});

test('a run of which a person kept some only is done in part, unless the same was asked again', () => {
  const action = { baseCheckpointId: 'cp_0', hash: 'h', cwd: '.', network: false };
  const effect = (approvalId: string, keepPaths?: string[]): Fact[] => [
    { type: 'approval.requested', data: { approvalId, callId: 'ca_1', kind: 'effect', reason: '', action } },
    { type: 'approval.answered', data: { approvalId, decision: 'approve', note: '', keepPaths } },
  ];
  const ended = (...facts: Fact[]) =>
    foldAll(ledgerOf([queued, call, ...facts, { type: 'run.completed', data: { summary: 'Done.' } }])).items.at(-1);
  expect(ended(...effect('ap_1'))).toMatchObject({ extent: 'whole' });
  expect(ended(...effect('ap_1', ['a.txt']))).toMatchObject({ extent: 'part' });
  expect(ended(...effect('ap_1', ['a.txt']), ...effect('ap_2'))).toMatchObject({ extent: 'whole' });
});

test('what a call made last and was dropped makes a run done in part, or nothing of it where it did nothing else', () => {
  const action = { baseCheckpointId: 'cp_0', hash: 'h', cwd: '.', network: false };
  const effect = (callId: string, decision: 'approve' | 'modify' | 'reject'): Fact[] => [
    { ...call, data: { ...call.data, callId } } as Fact,
    { type: 'approval.requested', data: { approvalId: `ap_${callId}`, callId, kind: 'effect', reason: '', action } },
    { type: 'approval.answered', data: { approvalId: `ap_${callId}`, decision, note: '' } },
    ...(decision === 'approve' ? [{ ...checkpoint, data: { ...checkpoint.data, callId } } as Fact] : []),
  ];
  const ended = (...facts: Fact[]) =>
    foldAll(ledgerOf([queued, ...facts, { type: 'run.completed', data: { summary: 'Done.' } }])).items.at(-1);
  expect(ended(...effect('ca_1', 'reject'))).toMatchObject({ extent: 'nothing' });
  expect(ended(...effect('ca_1', 'modify'))).toMatchObject({ extent: 'nothing' });
  expect(ended(...effect('ca_1', 'approve'), ...effect('ca_2', 'reject'))).toMatchObject({ extent: 'part' });
  expect(ended(...effect('ca_1', 'modify'), ...effect('ca_2', 'approve'))).toMatchObject({ extent: 'whole' });
  const unasked = { ...checkpoint, data: { ...checkpoint.data, callId: 'ca_2' } } as Fact;
  expect(ended(...effect('ca_1', 'modify'), { ...call, data: { ...call.data, callId: 'ca_2' } } as Fact, unasked)).toMatchObject({
    extent: 'whole',
  });
});

test('a long run remembers that a person kept only some of what it made at first', () => {
  const action = { baseCheckpointId: 'cp_0', hash: 'h', cwd: '.', network: false };
  const effect = (approvalId: string, callId: string, keepPaths?: string[]): Fact[] => [
    { type: 'approval.requested', data: { approvalId, callId, kind: 'effect', reason: '', action } },
    { type: 'approval.answered', data: { approvalId, decision: 'approve', note: '', keepPaths } },
    { type: 'approval.executed', data: { approvalId, outcome: '' } },
  ];
  const later = Array.from({ length: 120 }, (_, index) => effect(`ap_later_${index}`, `ca_later_${index}`)).flat();
  const run = (...facts: Fact[]) => foldAll(ledgerOf([queued, ...facts, ...later, { type: 'run.completed', data: { summary: '' } }])).run;
  expect(run(...effect('ap_1', 'ca_1', ['a.txt']))).toMatchObject({ extent: 'part' });
  expect(run(...effect('ap_1', 'ca_1', ['a.txt']), ...effect('ap_2', 'ca_1'))).toMatchObject({ extent: 'whole' });
});

test('how much a run did is what was said at its end, on every face', () => {
  const { run, items } = foldAll(ledgerOf([queued, { type: 'run.completed', data: { summary: '', extent: 'part' } }]));
  expect(run).toMatchObject({ extent: 'part' });
  expect(items.at(-1)).toMatchObject({ extent: 'part' });
});

test('a run that changed something did not do nothing, though it says of no step that it was done', () => {
  const plan: Fact = {
    type: 'plan.proposed',
    data: { revision: 1, reason: '', steps: [{ step_id: 's0', title: 'Do', kind: 'edit', depends_on: [], notes: '' }] },
  };
  const skipped: Fact = { type: 'step.finished', data: { stepId: 's0', status: 'skipped', note: '' } };
  const kept = { ...checkpoint, data: { ...checkpoint.data, callId: 'ca_1' } } as Fact;
  const ended = (...facts: Fact[]) =>
    foldAll(ledgerOf([queued, plan, call, ...facts, skipped, { type: 'run.completed', data: { summary: 'Done.' } }])).items.at(-1);
  expect(ended()).toMatchObject({ extent: 'nothing' });
  expect(ended(kept)).toMatchObject({ extent: 'part' });
});

test('a call tells whether the person wanted it done differently, or not at all', () => {
  const action = { baseCheckpointId: 'cp_0', hash: 'h', cwd: '.', network: false };
  const result = { status: 'rejected' as const, stdout: '', stderr: '', returncode: null, error: '', artifacts: [], duration_ms: 0 };
  const ended = (decision: 'modify' | 'reject') =>
    foldAll(
      ledgerOf([
        queued,
        call,
        { type: 'approval.requested', data: { approvalId: 'ap_1', callId: 'ca_1', kind: 'effect', reason: '', action } },
        { type: 'approval.answered', data: { approvalId: 'ap_1', decision, note: 'Otherwise' } },
        { type: 'tool.finished', data: { callId: 'ca_1', result } },
      ]),
    ).items.find(({ kind }) => kind === 'call');
  expect(ended('modify')).toMatchObject({ modified: true });
  expect(ended('reject')).not.toHaveProperty('modified');
});
