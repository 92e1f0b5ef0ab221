import { requirePerson } from '#lib/auth/require-person.ts';
import type { Context } from '#lib/context.ts';
import type { RunStatus } from '#lib/core/state.ts';

/** A run that has not ended: who works on what, since when, and what it cost so far in US dollars. */
export type WorkingRun = {
  threadId: string;
  title: string;
  projectName: string;
  runId: string;
  agent: string;
  status: RunStatus;
  openApprovals: number;
  lastLine: string;
  since: string;
  costUsd: number;
};

/** Runs of the workspace that are queued, at work or waiting, the oldest first. */
export async function listWorking(context: Context): Promise<WorkingRun[]> {
  const { workspaceId } = requirePerson(context.actor);
  const rows = await context.database.sql<(Omit<WorkingRun, 'since'> & { since: Date })[]>`
    select threads.id as "threadId", threads.title, projects.name as "projectName", runs.id as "runId", coalesce(threads.agent, '') as agent, runs.status,
      threads.open_approvals as "openApprovals", threads.last_line as "lastLine",
      coalesce((select min(at) from events where events.thread_id = threads.id and events.type = 'run.queued' and events.run_id = runs.id), runs.updated_at) as since,
      coalesce((select sum(cost_usd) from model_calls where model_calls.run_id = runs.id), 0)::float8 as "costUsd"
    from runs join threads on threads.id = runs.thread_id join projects on projects.id = threads.project_id
    where runs.workspace_id = ${workspaceId} and runs.status in ('queued', 'running', 'waiting')
    order by since limit 200`;
  return rows.map((row) => ({ ...row, since: row.since.toISOString() }));
}
