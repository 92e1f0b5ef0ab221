import { requirePerson } from '#lib/auth/require-person.ts';
import type { Context } from '#lib/context.ts';

/** `name`: of the workspace or project, the title of the thread. `setAt`: an ISO instant. */
export type Budget = {
  scope: 'workspace' | 'project' | 'thread';
  scopeId: string;
  name: string;
  limitUsd: number;
  period: 'month' | 'ever';
  spentUsd: number;
  setBy: string;
  setAt: string;
};

/** Every budget of the workspace with what was spent of it, the widest first. A month is the calendar month, UTC. */
export async function listBudgets(context: Context): Promise<Budget[]> {
  const { workspaceId } = requirePerson(context.actor);
  const rows = await context.database.sql<(Omit<Budget, 'setAt'> & { setAt: Date })[]>`
    select budgets.scope, budgets.scope_id as "scopeId", coalesce(threads.title, projects.name, workspaces.name) as name,
      budgets.limit_usd as "limitUsd", budgets.period, coalesce(users.name, '') as "setBy", budgets.set_at as "setAt", (
        select coalesce(sum(calls.cost_usd), 0)::float8 from model_calls calls
        where calls.workspace_id = budgets.workspace_id
          and case budgets.scope when 'thread' then calls.thread_id when 'project' then calls.project_id else calls.workspace_id end = budgets.scope_id
          and (budgets.period = 'ever' or calls.at >= date_trunc('month', now() at time zone 'utc') at time zone 'utc')
      ) as "spentUsd"
    from budgets
    join workspaces on workspaces.id = budgets.workspace_id
    left join projects on budgets.scope = 'project' and projects.id = budgets.scope_id
    left join threads on budgets.scope = 'thread' and threads.id = budgets.scope_id
    left join users on users.id = budgets.set_by
    where budgets.workspace_id = ${workspaceId}
    order by array_position(array['workspace', 'project', 'thread'], budgets.scope), budgets.set_at desc
    limit 500`;
  return rows.map((row) => ({ ...row, setAt: row.setAt.toISOString() }));
}
