import type { TransactionSql } from 'postgres';
import type { NewEvent } from '#lib/core/event.ts';
import { transcriptionAgent } from '#lib/core/model-call.ts';
import { isActive, openApprovals, type ThreadState } from '#lib/core/state.ts';
import { plainWords } from '#lib/core/words/plain-words.ts';
import { deceptiveCharacters } from '#lib/core/words/reveal-hidden.ts';

const lastLineLength = 160;

/** The thread list's row for this state. */
export function threadRow(state: ThreadState) {
  return {
    runStatus: state.run?.status ?? null,
    runExtent: state.run?.extent ?? null,
    agent: state.run?.agent ?? null,
    openApprovals: openApprovals(state).length,
    lastLine: lastLine(state),
  };
}

function lastLine(state: ThreadState): string {
  const open = openApprovals(state).at(-1);
  const item = state.items.findLast(
    (candidate) =>
      candidate.kind === 'message' || candidate.kind === 'goal' || candidate.kind === 'guidance' || candidate.kind === 'run-ended',
  );
  const text = open?.reason ?? (item && 'text' in item ? item.text : '');
  const start = text.split('\n', 20).join('\n');
  const plain = !open && (item?.kind === 'message' || item?.kind === 'run-ended') ? plainWords(start) : start;
  const line = plain.split('\n').find((candidate) => /[\p{L}\p{N}]/u.test(candidate)) ?? '';
  return line.replaceAll(deceptiveCharacters, '').replaceAll(/\s+/g, ' ').trim().slice(0, lastLineLength);
}

const projected: ReadonlySet<NewEvent['type']> = new Set([
  'run.queued',
  'run.started',
  'run.resumed',
  'run.completed',
  'run.failed',
  'run.cancelled',
  'approval.requested',
  'approval.answered',
  'approval.withdrawn',
  'checkpoint.created',
  'checkpoint.named',
  'thread.reverted',
  'model.called',
  'rule.added',
  'rule.revoked',
  'rule.enforced',
]);

/** Whether rows other than the event itself follow from it. */
export function touchesQueryRows(event: NewEvent): boolean {
  return projected.has(event.type) || spokenRule(event) !== null;
}

/** The rule that stopped a call or asked about it. */
function spokenRule(event: NewEvent): string | null {
  if (event.type !== 'tool.proposed' || event.data.verdict.decision === 'allow') return null;
  return event.data.verdict.rule.startsWith('rl_') ? event.data.verdict.rule : null;
}

/** Writes the rows of runs, approvals and checkpoints that follow from one event, inside the append's transaction. `state` is the one after it. */
export async function projectEvent(sql: TransactionSql, state: ThreadState, seq: number, event: NewEvent): Promise<void> {
  const { threadId, workspaceId } = state;
  switch (event.type) {
    case 'run.queued':
      await writeRunStatus(sql, state, event.at, event.data.parentRunId);
      return;
    case 'run.started':
    case 'run.resumed':
    case 'run.failed':
    case 'run.cancelled':
      await writeRunStatus(sql, state, event.at);
      return;
    case 'run.completed':
      await writeRunStatus(sql, state, event.at);
      await advanceProject(sql, state);
      return;
    case 'thread.reverted':
      if (!isActive(state.run)) await advanceProject(sql, state);
      return;
    case 'approval.requested': {
      const { approvalId, kind, reason, action } = event.data;
      await sql`
        insert into approvals (id, thread_id, workspace_id, run_id, kind, reason, action, status, requested_at)
        values (${approvalId}, ${threadId}, ${workspaceId}, ${event.runId ?? ''}, ${kind}, ${reason}, ${sql.json(action as never)}, 'open', ${event.at})`;
      await writeRunStatus(sql, state, event.at);
      return;
    }
    case 'approval.answered': {
      const { approvalId, decision, note } = event.data;
      await sql`
        update approvals set status = ${decision}, answered_at = ${event.at}, answered_by = ${event.userId ?? null}, via = ${event.via ?? null}, note = ${note}
        where id = ${approvalId}`;
      await writeRunStatus(sql, state, event.at);
      return;
    }
    case 'approval.withdrawn':
      await sql`update approvals set status = 'withdrawn', answered_at = ${event.at}, note = ${event.data.reason} where id = ${event.data.approvalId} and status = 'open'`;
      await writeRunStatus(sql, state, event.at);
      return;
    case 'checkpoint.created': {
      const checkpoint = event.data;
      const hidden = state.checkpoints.findLast((known) => known.checkpointId === checkpoint.checkpointId)?.hidden ?? [];
      await sql`
        insert into checkpoints (id, thread_id, number, commit, parent_commit, kind, label, seq, at, actor, run_id, step_id, call_id, takes_back, changes, hidden)
        values (${checkpoint.checkpointId}, ${threadId}, ${checkpoint.number}, ${checkpoint.commit}, ${checkpoint.parentCommit}, ${checkpoint.kind}, ${checkpoint.label}, ${seq},
          ${event.at}, ${event.actor}, ${event.runId ?? null}, ${checkpoint.stepId ?? null}, ${checkpoint.callId ?? null},
          ${checkpoint.takesBack ? sql.json(checkpoint.takesBack as never) : null}, ${sql.json(checkpoint.changes as never)}, ${sql.json(hidden as never)})`;
      if (event.actor === 'person' && !isActive(state.run)) await advanceProject(sql, state);
      return;
    }
    case 'checkpoint.named':
      await sql`update checkpoints set name = ${event.data.name} where id = ${event.data.checkpointId}`;
      return;
    case 'model.called': {
      const call = event.data;
      const agent = await spenderOf(sql, state, event.runId);
      await sql`
        insert into model_calls (id, workspace_id, project_id, thread_id, run_id, agent, provider, model, input_tokens, cache_read_tokens, cache_write_tokens,
          output_tokens, cost_usd, outcome, at)
        values (${call.modelCallId}, ${workspaceId}, ${state.projectId}, ${threadId}, ${event.runId ?? ''}, ${agent}, ${call.provider}, ${call.model},
          ${call.inputTokens}, ${call.cacheReadTokens}, ${call.cacheWriteTokens}, ${call.outputTokens}, ${call.costUsd}, ${call.outcome}, ${event.at})
        on conflict (id) do update set input_tokens = excluded.input_tokens, output_tokens = excluded.output_tokens, cost_usd = excluded.cost_usd,
          outcome = excluded.outcome`;
      return;
    }
    case 'rule.added': {
      const { rule } = event.data;
      await sql`
        insert into rules (id, workspace_id, scope, scope_id, effect, matches, text, source, created_by, created_at, until)
        values (${rule.ruleId}, ${workspaceId}, ${rule.scope}, ${rule.scopeId}, ${rule.effect}, ${sql.json(rule.matches as never)}, ${rule.text}, ${rule.source},
          ${rule.by}, ${rule.at}, ${rule.until})`;
      return;
    }
    case 'rule.revoked':
      await sql`update rules set revoked_at = ${event.at}, revoked_by = ${event.userId ?? null} where id = ${event.data.ruleId} and workspace_id = ${workspaceId} and revoked_at is null`;
      return;
    case 'rule.enforced':
      await countRule(sql, workspaceId, event.data.ruleId);
      return;
    case 'tool.proposed':
      await countRule(sql, workspaceId, spokenRule(event));
      return;
    default:
      return;
  }
}

async function countRule(sql: TransactionSql, workspaceId: string, ruleId: string | null): Promise<void> {
  if (ruleId) await sql`update rules set spoken = spoken + 1 where id = ${ruleId} and workspace_id = ${workspaceId}`;
}

async function spenderOf(sql: TransactionSql, { threadId, run }: ThreadState, runId: string | undefined): Promise<string> {
  if (runId === undefined) return transcriptionAgent;
  return (run?.runId === runId ? run.agent : await agentOf(sql, threadId, runId)) ?? '';
}

/** Of a run that another has followed. */
async function agentOf(sql: TransactionSql, threadId: string, runId: string): Promise<string | undefined> {
  const [queued] = await sql<{ agent: string }[]>`
    select data ->> 'agent' as agent from events where thread_id = ${threadId} and type = 'run.queued' and run_id = ${runId}`;
  return queued?.agent;
}

async function writeRunStatus(
  sql: TransactionSql,
  { threadId, workspaceId, run }: ThreadState,
  at: string,
  parentRunId?: string,
): Promise<void> {
  if (!run) return;
  await sql`
    insert into runs (id, thread_id, workspace_id, status, parent_run_id, budget_usd, updated_at)
    values (${run.runId}, ${threadId}, ${workspaceId}, ${run.status}, ${parentRunId ?? null}, ${run.limits.budgetUsd ?? null}, ${at})
    on conflict (id) do update set status = excluded.status, budget_usd = excluded.budget_usd, updated_at = excluded.updated_at`;
}

/** The project stands where this thread stands, unless another thread has moved it on since they had a checkpoint in common. */
async function advanceProject(sql: TransactionSql, { threadId, projectId, currentCheckpointId }: ThreadState): Promise<void> {
  await sql`
    update projects set head_commit = current.commit from checkpoints current
    where projects.id = ${projectId} and current.id = ${currentCheckpointId}
      and exists (select 1 from checkpoints own where own.thread_id = ${threadId} and own.commit = projects.head_commit)`;
}
