import type { Database } from '#lib/db/connect-database.ts';

/** A budget that holds for a run, and what was spent of it, in US dollars. `key` names it among all budgets of the installation. */
export type SpentBudget = {
  key: string;
  scope: 'run' | 'thread' | 'project' | 'workspace';
  period: 'ever' | 'month';
  limitUsd: number;
  spentUsd: number;
};

export type BudgetedRun = { runId: string; threadId: string; projectId: string; workspaceId: string };

/**
 * Every budget over a run: its own and those of the runs above it, each over the whole tree below, then its thread's, project's and workspace's.
 * Calls without a known price count nothing. A month is the calendar month, UTC.
 */
export async function readSpentBudgets({ database }: { database: Database }, run: BudgetedRun, now = new Date()): Promise<SpentBudget[]> {
  const month = new Date(Date.UTC(now.getUTCFullYear(), now.getUTCMonth(), 1)).toISOString();
  const rows = await database.sql<SpentBudget[]>`
    with recursive above as (
      select id, parent_run_id, budget_usd from runs where id = ${run.runId}
      union select runs.id, runs.parent_run_id, runs.budget_usd from runs join above on runs.id = above.parent_run_id
    ), tree as (
      select id as root, id, budget_usd from above where budget_usd is not null
      union select tree.root, runs.id, tree.budget_usd from runs join tree on runs.parent_run_id = tree.id
    )
    select 'run:' || tree.root as key, 'run' as scope, 'ever' as period, tree.budget_usd as "limitUsd", coalesce(sum(calls.cost_usd), 0)::float8 as "spentUsd"
    from tree left join model_calls calls on calls.run_id = tree.id
    group by tree.root, tree.budget_usd
    union all
    select budgets.scope || ':' || budgets.scope_id, budgets.scope, budgets.period, budgets.limit_usd, (
      select coalesce(sum(calls.cost_usd), 0)::float8 from model_calls calls
      where calls.workspace_id = budgets.workspace_id
        and case budgets.scope when 'thread' then calls.thread_id when 'project' then calls.project_id else calls.workspace_id end = budgets.scope_id
        and (budgets.period = 'ever' or calls.at >= ${month})
    )
    from budgets
    where budgets.workspace_id = ${run.workspaceId}
      and (budgets.scope, budgets.scope_id) in (('thread', ${run.threadId}), ('project', ${run.projectId}), ('workspace', ${run.workspaceId}))`;
  return rows.map((row) => ({ ...row }));
}
