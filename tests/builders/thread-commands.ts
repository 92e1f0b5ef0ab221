import fc from 'fast-check';
import { emptyChangeSummary } from '#lib/core/change.ts';
import type { Author, Command } from '#lib/core/decide.ts';
import type { PlanStep } from '#lib/core/plan.ts';
import type { Rule } from '#lib/core/rule.ts';
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
      (): Command => ({
        type: 'answer-approval',
        approvalId: `ap_${n}`,
        decision,
        note: 'n',
        ...(n > 2 ? { remember: { scope: 'thread', rule } } : {}),
      }),
  ),
  small.map((n) => (): Command => (n > 1 ? { type: 'add-rule', rule } : { type: 'revoke-rule', ruleId: 'rl_1', text: rule.text })),
  small.map((n) => (): Command => ({ type: 'name-checkpoint', checkpointId: `cp_${n}`, name: 'n' })),
  fc.record({ n: small, scope: fc.constantFrom('code', 'conversation', 'both') }).map(({ n, scope }) => (state: ThreadState): Command => {
    const target = state.checkpoints[n] ?? state.checkpoints[0] ?? unknownCheckpoint;
    return { type: 'revert', target, scope, reason: '', changes, cannotUndo: [] };
  }),
  small.map((n) => (state: ThreadState): Command => {
    const takesBack = { path: 'a', fromCheckpointId: 'cp_0', toCheckpointId: `cp_${n}`, reason: '' };
    return { type: 'revert-part', checkpoint: { ...checkpoint(state.seq), kind: 'person', takesBack } };
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

/** Mostly what moves a run on; the last ones only tell. */
const kinds = fc.oneof(
  { weight: 6, arbitrary: fc.integer({ min: 0, max: 17 }) },
  { weight: 1, arbitrary: fc.integer({ min: 18, max: 26 }) },
);

const worker: fc.Arbitrary<(state: ThreadState) => Command> = fc
  .record({ pick: fc.integer({ min: 0, max: 9 }), n: small, flag: fc.boolean(), kind: kinds })
  .map(({ pick, n, flag, kind }) => (state): Command => {
    const of = { runId: runId(pick)(state) };
    const commands: Command[] = [
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
      { type: 'record-model-call', ...of, call: { ...modelCall, outcome: flag ? 'ok' : 'refused' } },
      { type: 'record-answer', ...of, answerId: `an_${n}`, messages: [{ role: 'assistant', content: 'c' }], calls: [] },
      { type: 'compact-context', ...of, summary: 's', answerIds: [`an_${n}`], tokensBefore: 9, tokensAfter: 1 },
      { type: 'collect-context', ...of, parts: [{ name: 'AGENTS.md', bytes: 10 }], bytes: 10 },
      { type: 'preflight-run', ...of, checks: [{ name: 'disk', ok: flag, detail: 'd' }] },
      { type: 'start-session', ...of, sessionId: 'se_1', agentSessionId: 'a', how: flag ? 'new' : 'resumed' },
      { type: 'end-session', ...of, sessionId: 'se_1', reason: flag ? 'crashed' : 'parked', detail: 'd' },
      { type: 'enforce-rule', ...of, ruleId: 'rl_1', text: 't', detail: 'd', paths: ['a'] },
      { type: 'post-message', ...of, text: 't', line: n },
    ];
    return commands[kind] ?? { type: 'take-run', ...of, workerId: 'w', reason: 'retried' };
  });

const modelCall = {
  modelCallId: 'mc_1',
  provider: 'anthropic',
  model: 'm',
  inputTokens: 10,
  cacheReadTokens: 2,
  cacheWriteTokens: 0,
  outputTokens: 5,
  costUsd: 0.01,
  durationMs: 3,
} as const;

const rule: Rule = {
  ruleId: 'rl_1',
  scope: 'thread',
  scopeId: 'th_1',
  effect: 'deny',
  matches: [{ on: 'path', glob: 'migrations/**', act: 'write' }],
  text: 'never touch migrations/',
  source: 'constraint',
  by: 'us_1',
  at: '2026-01-01T00:00:00.000Z',
  until: null,
};

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
