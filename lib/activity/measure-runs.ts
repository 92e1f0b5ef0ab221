import { z } from 'zod';
import { requirePerson } from '#lib/auth/require-person.ts';
import type { Context } from '#lib/context.ts';

export const MeasureRuns = z.object({
  days: z.coerce.number().int().min(1).max(366).default(7).describe('how far back, today included; days are UTC'),
});

/**
 * Ended runs. Costs in US dollars, `unpricedCalls` those to models without a known price; `medianMs` from the goal to the end, waits included; null where
 * nothing ended.
 */
export type RunFigures = {
  runs: number;
  completed: number;
  failed: number;
  cancelled: number;
  costUsd: number;
  unpricedCalls: number;
  medianMs: number | null;
};
export type RunMetrics = RunFigures & {
  /** Calls of tools that needed nobody's answer, of all; null without a call. */
  autonomy: number | null;
  /** Median time that a question waited for its answer, in milliseconds. */
  answerMs: number | null;
  byAgent: (RunFigures & { agent: string })[];
  /** Every day of the range, oldest first, also those without a run. */
  byDay: { day: string; runs: number; failed: number; costUsd: number }[];
};

type Ended = {
  agent: string;
  day: string;
  status: 'completed' | 'failed' | 'cancelled';
  ms: number;
  costUsd: number;
  unpricedCalls: number;
};

/** How the runs of the workspace went that ended within the last days. */
export async function measureRuns(context: Context, input: z.input<typeof MeasureRuns> = {}): Promise<RunMetrics> {
  const { workspaceId } = requirePerson(context.actor);
  const { days } = MeasureRuns.parse(input);
  const { sql } = context.database;
  const since = sql`(date_trunc('day', now() at time zone 'utc') - make_interval(days => ${days - 1})) at time zone 'utc'`;
  const [ended, [asked], range] = await Promise.all([
    sql<Ended[]>`
      select queued.data ->> 'agent' as agent, to_char(ended.at at time zone 'utc', 'YYYY-MM-DD') as day, substr(ended.type, 5) as status,
        (extract(epoch from ended.at - queued.at) * 1000)::float8 as ms,
        coalesce(calls.spent, 0)::float8 as "costUsd", calls.unpriced::int as "unpricedCalls"
      from events ended
        join threads on threads.id = ended.thread_id
        join events queued on queued.thread_id = ended.thread_id and queued.type = 'run.queued' and queued.run_id = ended.run_id
        cross join lateral (
          select sum(cost_usd) as spent, count(*) filter (where cost_usd is null) as unpriced from model_calls where run_id = ended.run_id) calls
      where ended.type in ('run.completed', 'run.failed', 'run.cancelled') and ended.at >= ${since} and threads.workspace_id = ${workspaceId}`,
    sql<{ calls: number; questions: number; answerMs: number | null }[]>`
      select
        (select count(*)::int from events join threads on threads.id = events.thread_id
          where events.type = 'tool.proposed' and events.at >= ${since} and threads.workspace_id = ${workspaceId}) as calls,
        (count(*) filter (where kind in ('effect', 'outside', 'recovery', 'unisolated', 'action', 'prompt')))::int as questions,
        (percentile_cont(0.5) within group (order by extract(epoch from answered_at - requested_at) * 1000)
          filter (where status in ('approve', 'reject', 'modify')))::float8 as "answerMs"
      from approvals where workspace_id = ${workspaceId} and requested_at >= ${since}`,
    sql<{ day: string }[]>`
      select to_char(day, 'YYYY-MM-DD') as day from generate_series(${since} at time zone 'utc', now() at time zone 'utc', interval '1 day') as day`,
  ]);
  return {
    ...figures(ended),
    autonomy: asked && asked.calls > 0 ? Math.max(0, 1 - asked.questions / asked.calls) : null,
    answerMs: asked?.answerMs ?? null,
    byAgent: [...Map.groupBy(ended, ({ agent }) => agent)]
      .map(([agent, own]) => ({ agent, ...figures(own) }))
      .toSorted((left, right) => right.runs - left.runs),
    byDay: range.map(({ day }) => {
      const { runs, failed, costUsd } = figures(ended.filter((one) => one.day === day));
      return { day, runs, failed, costUsd };
    }),
  };
}

function figures(ended: readonly Ended[]): RunFigures {
  const count = (status: Ended['status']) => ended.filter((one) => one.status === status).length;
  const sum = (name: 'costUsd' | 'unpricedCalls') => ended.reduce((total, one) => total + one[name], 0);
  const times = ended.map(({ ms }) => ms).toSorted((left, right) => left - right);
  return {
    runs: ended.length,
    completed: count('completed'),
    failed: count('failed'),
    cancelled: count('cancelled'),
    costUsd: sum('costUsd'),
    unpricedCalls: sum('unpricedCalls'),
    medianMs: times[Math.floor(times.length / 2)] ?? null,
  };
}
