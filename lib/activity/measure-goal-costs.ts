import type { Database } from '#lib/db/connect-database.ts';

/** `model`: provider/model of a goal's longest call. `usualUsd` is the median, `highUsd` what nine of ten goals stayed within. */
export type GoalCosts = { agent: string; model: string; goals: number; usualUsd: number; highUsd: number };

/**
 * What the completed goals of the last 90 days cost, for each agent with each model. Goals with a call whose price is not known are left out.
 * No more than the newest 20,000 calls are looked at: 40 ms, whatever there is beside them.
 */
export async function measureGoalCosts({ database }: { database: Database }, workspaceId: string): Promise<GoalCosts[]> {
  return database.sql<GoalCosts[]>`
    with newest as (
      select run_id from model_calls where workspace_id = ${workspaceId} and at >= now() - interval '90 days' order by at desc limit 20000
    ), goals as (
      select calls.agent, sum(calls.cost_usd) as usd,
        (array_agg(calls.provider || '/' || calls.model order by calls.input_tokens desc))[1] as model
      from (select distinct run_id from newest) ended
        join runs on runs.id = ended.run_id and runs.status = 'completed'
        join model_calls calls on calls.run_id = ended.run_id and calls.outcome <> 'refused'
      group by calls.run_id, calls.agent
      having bool_and(calls.cost_usd is not null)
    )
    select agent, model, count(*)::int as goals,
      percentile_disc(0.5) within group (order by usd) as "usualUsd", percentile_disc(0.9) within group (order by usd) as "highUsd"
    from goals group by agent, model`;
}
