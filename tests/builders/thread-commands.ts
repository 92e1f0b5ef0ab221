import fc from 'fast-check';
import { emptyChangeSummary } from '#lib/core/change.ts';
import type { Author, Command } from '#lib/core/decide.ts';
import type { PlanStep } from '#lib/core/plan.ts';
import type { CheckpointState, ThreadState } from '#lib/core/state.ts';
import type { ToolResult } from '#lib/core/tool.ts';

/** A command as a function of the state it meets, so that some are legal and some are not whatever came before. */
export type Attempt = { author: Author; command: (state: ThreadState) => Command };

const changes = emptyChangeSummary;
const verdict = { decision: 'allow', reach: 'tree', rule: 'r', reason: 'because' } as const;
const call = { tool: 'read_file', args: { path: 'a.txt' } } as const;
const result: ToolResult = { status: 'succeeded', stdout: 'x', stderr: '', returncode: 0, error: null, artifacts: [], duration_ms: 1 };
const step = (id: string): PlanStep => ({ step_id: id, title: id, kind: 'edit', depends_on: [], notes: '' });

const runId = (pick: number) => (state: ThreadState) => (pick < 9 ? (state.run?.runId ?? 'ru_0') : 'ru_stale');
/** Mostly the approval that was asked for last. */
function latest(state: ThreadState, n: number): string {
  return (n > 0 && state.run?.approvals.at(-1)?.approvalId) || `ap_${n}`;
}

const small = fc.integer({ min: 0, max: 4 });

const person: fc.Arbitrary<(state: ThreadState) => Command> = fc.oneof(
  fc.constant(
    (state: ThreadState): Command => ({
      type: 'give-goal',
      runId: `ru_${state.seq}`,
      goal: 'g',
      agent: 'rules',
      agentReason: '',
      mode: 'assisted',
      dryRun: false,
    }),
  ),
  fc.constant((): Command => ({ type: 'give-guidance', text: 'words' })),
  small.map((n) => (): Command => (n > 0 ? { type: 'give-guidance', text: 'more' } : { type: 'cancel-run', reason: 'enough' })),
  fc.record({ n: small, decision: fc.constantFrom('approve', 'reject', 'modify') }).map(
    ({ n, decision }) =>
      (): Command => ({ type: 'answer-approval', approvalId: `ap_${n}`, decision, note: 'n' }),
  ),
  small.map((n) => (): Command => ({ type: 'name-checkpoint', checkpointId: `cp_${n}`, name: 'n' })),
  fc.record({ n: small, scope: fc.constantFrom('code', 'conversation', 'both') }).map(({ n, scope }) => (state: ThreadState): Command => {
    const target = state.checkpoints[n] ?? state.checkpoints[0] ?? unknownCheckpoint;
    return { type: 'revert', target, scope, reason: '', changes, cannotUndo: [] };
  }),
);

const unknownCheckpoint: CheckpointState = {
  ...checkpoint(99),
  changes,
  seq: 1,
  at: '2026-01-01T00:00:00.000Z',
  actor: 'choir',
  hidden: [],
};

function checkpoint(n: number) {
  return { checkpointId: `cp_${n}`, number: n, commit: `c${n}`, parentCommit: null, kind: 'step', label: 'l', changes } as const;
}

const worker: fc.Arbitrary<(state: ThreadState) => Command> = fc
  .record({ pick: fc.integer({ min: 0, max: 9 }), n: small, flag: fc.boolean(), kind: fc.integer({ min: 0, max: 17 }) })
  .map(({ pick, n, flag, kind }) => (state): Command => {
    const of = { runId: runId(pick)(state) };
    const kinds: Command[] = [
      { type: 'take-run', ...of, workerId: 'w', reason: 'recovered' },
      { type: 'take-run', ...of, workerId: 'w', reason: 'answered' },
      { type: 'post-message', ...of, text: 't' },
      { type: 'deliver-guidance', ...of, guidanceIds: [state.run?.guidance.at(-1)?.guidanceId ?? 'gu_x'] },
      { type: 'propose-plan', ...of, reason: '', steps: flag ? [step('s1'), step('s2')] : [step('s2'), step('s3')] },
      { type: 'start-step', ...of, stepId: `s${n}` },
      { type: 'finish-step', ...of, stepId: `s${n}`, status: flag ? 'done' : 'failed', note: '' },
      { type: 'propose-call', ...of, callId: `ca_${n}`, stepId: 's1', call, explanation: 'e', verdict },
      { type: 'propose-call', ...of, callId: `ca_${state.seq}`, call, explanation: 'e', verdict },
      { type: 'start-call', ...of, callId: `ca_${n}`, network: flag },
      { type: 'finish-call', ...of, callId: `ca_${n}`, result },
      {
        type: 'finish-call',
        ...of,
        callId: state.run?.calls.at(-1)?.callId ?? 'ca_x',
        result,
        checkpoint: { ...checkpoint(state.seq), callId: `ca_${n}` },
      },
      {
        type: 'request-approval',
        ...of,
        approvalId: `ap_${n}`,
        kind: flag ? 'effect' : 'recovery',
        callId: flag ? `ca_${n}` : undefined,
        reason: '',
        action: { cwd: '.', network: false, baseCheckpointId: 'cp_0', hash: 'h' },
      },
      { type: 'deliver-approval', ...of, approvalId: latest(state, n) },
      { type: 'execute-approval', ...of, approvalId: latest(state, n), outcome: 'o' },
      { type: 'withdraw-approval', ...of, approvalId: `ap_${n}`, reason: 'r' },
      n > 1
        ? { type: 'take-run', ...of, workerId: 'w', reason: 'retried' }
        : flag
          ? { type: 'complete-run', ...of, summary: 's' }
          : { type: 'fail-run', ...of, error: 'e' },
      { type: 'record-checkpoint', checkpoint: checkpoint(state.seq) },
    ];
    return kinds[kind % kinds.length] ?? { type: 'take-run', ...of, workerId: 'w', reason: 'retried' };
  });

const creation: Attempt = {
  author: { actor: 'choir' },
  command: () => ({
    type: 'create-thread',
    workspaceId: 'ws_1',
    projectId: 'pr_1',
    projectName: 'p',
    title: 't',
    base: { ...checkpoint(0), kind: 'base' },
  }),
};

/** Any interleaving of what people and workers may try, mostly after the thread was made. */
export const attempts: fc.Arbitrary<Attempt[]> = fc
  .tuple(
    fc.boolean(),
    fc.array(
      fc.oneof(
        { weight: 2, arbitrary: person.map((command): Attempt => ({ author: { actor: 'person', userId: 'us_1', via: 'pwa' }, command })) },
        { weight: 5, arbitrary: worker.map((command): Attempt => ({ author: { actor: 'agent', agentId: 'rules' }, command })) },
        { weight: 1, arbitrary: fc.constant(creation) },
      ),
      { maxLength: 120, size: 'max' },
    ),
  )
  .map(([early, rest]) => (early ? rest : [creation, ...rest]));
