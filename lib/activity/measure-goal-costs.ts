import type { Database } from '#lib/db/connect-database.ts';

/** `model`: provider/model of a goal's longest call. `usualUsd` is the median, `highUsd` what nine of ten goals stayed within. */
export type GoalCosts = { agent: string; model: string; goals: number; usualUsd: number; highUsd: number };

/**
 * What the completed goals of the last 90 days cost, for each agent with each model. Goals with a call whose price is not known are left out. The newest
 * 10,000 calls tell it, read along their index, so it takes as long however many there are; the oldest goal among them may be cut.
 */
export async function measureGoalCosts({ database }: { database: Database }, workspaceId: string): Promise<GoalCosts[]> {
  return database.sql<GoalCosts[]>`
    with calls as (
      select run_id, agent, provider || '/' || model as model, input_tokens, cost_usd from model_calls
      where workspace_id = ${workspaceId} and at >= now() - interval '90 days' and outcome <> 'refused'
      order by at desc limit 10000
    ), goals as (
      select calls.agent, sum(cost_usd) as usd, (array_agg(calls.model order by input_tokens desc))[1] as model
      from calls join runs on runs.id = calls.run_id and runs.status = 'completed'
      group by calls.run_id, calls.agent
      having bool_and(cost_usd is not null)
    )
    select agent, model, count(*)::int as goals,
      percentile_disc(0.5) within group (order by usd) as "usualUsd", percentile_disc(0.9) within group (order by usd) as "highUsd"
    from goals group by agent, model`;
}
