import type { Database } from '#lib/db/connect-database.ts';

/** A budget that holds for a run, and what was spent of it, in US dollars. `key` names it among all budgets of the installation. */
export type SpentBudget = {
  key: string;
  scope: 'run' | 'thread' | 'project' | 'workspace';
  period: 'ever' | 'month';
  limitUsd: number;
  spentUsd: number;
};

type BudgetedScopes = { threadId: string; projectId: string; workspaceId: string };
export type BudgetedRun = BudgetedScopes & { runId: string };

/**
 * Every budget over a run: its own and those of the runs above it, each over the whole tree below, then its thread's, project's and workspace's.
 * Calls without a known price count nothing. A month is the calendar month, UTC.
 */
export async function readSpentBudgets(services: { database: Database }, run: BudgetedRun, now = new Date()): Promise<SpentBudget[]> {
  const [runs, scopes] = await Promise.all([spentByRuns(services.database, run.runId), readScopeBudgets(services, run, now)]);
  return [...runs, ...scopes];
}

async function spentByRuns({ sql }: Database, runId: string): Promise<SpentBudget[]> {
  const rows = await sql<{ root: string; limitUsd: number; spentUsd: number }[]>`
    with recursive above as (
      select id, parent_run_id, budget_usd from runs where id = ${runId}
      union select runs.id, runs.parent_run_id, runs.budget_usd from runs join above on runs.id = above.parent_run_id
    ), tree as (
      select id as root, id, budget_usd from above where budget_usd is not null
      union select tree.root, runs.id, tree.budget_usd from runs join tree on runs.parent_run_id = tree.id
    )
    select root, budget_usd as "limitUsd", coalesce(sum(spent), 0)::float8 as "spentUsd"
    from tree, lateral (select sum(cost_usd) as spent from model_calls where run_id = tree.id) calls
    group by root, budget_usd`;
  return rows.map(({ root, ...amounts }) => ({ key: `run:${root}`, scope: 'run', period: 'ever', ...amounts }));
}

/**
 * The budgets of a thread, its project and its workspace; '' for what there is not yet. A statement for each: at 200,000 calls a single one for all took
 * 155 ms, these 10 together (a month; 70 over all time).
 */
export async function readScopeBudgets(
  { database: { sql } }: { database: Database },
  { threadId, projectId, workspaceId }: BudgetedScopes,
  now = new Date(),
): Promise<SpentBudget[]> {
  const budgets = await sql<{ scope: 'thread' | 'project' | 'workspace'; scopeId: string; period: 'month' | 'ever'; limitUsd: number }[]>`
    select scope, scope_id as "scopeId", period, limit_usd as "limitUsd" from budgets
    where workspace_id = ${workspaceId}
      and (scope, scope_id) in (('thread', ${threadId}), ('project', ${projectId}), ('workspace', ${workspaceId}))`;
  const month = new Date(Date.UTC(now.getUTCFullYear(), now.getUTCMonth(), 1)).toISOString();
  return Promise.all(
    budgets.map(async ({ scope, scopeId, period, limitUsd }) => {
      const [row] = await sql<{ spentUsd: number }[]>`
        select coalesce(sum(cost_usd), 0)::float8 as "spentUsd" from model_calls
        where workspace_id = ${workspaceId} and ${sql(`${scope}_id`)} = ${scopeId} ${period === 'month' ? sql`and at >= ${month}` : sql``}`;
      return { key: `${scope}:${scopeId}`, scope, period, limitUsd, spentUsd: row?.spentUsd ?? 0 };
    }),
  );
}
