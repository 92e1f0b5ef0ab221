import { z } from 'zod';
import { describeAgent } from '#lib/agents/agent-catalog.ts';
import { requirePerson } from '#lib/auth/require-person.ts';
import type { Context } from '#lib/context.ts';
import { agentName } from '#lib/core/words/agent-name.ts';

export const costGroups = ['agent', 'model', 'thread', 'day'] as const;

export const ListCosts = z.object({
  by: z.enum(costGroups).default('agent'),
  days: z.coerce.number().int().min(1).max(3_660).default(30).describe('how far back, today included; days are UTC'),
  projectId: z.string().max(200).optional(),
});

/** `key`: the agent's id, provider/model, thread id or day (YYYY-MM-DD, UTC); `name`: the same for a person. */
export type Cost = {
  key: string;
  name: string;
  calls: number;
  inputTokens: number;
  outputTokens: number;
  costUsd: number;
  unpricedCalls: number;
};

/** What models cost, in US dollars: days newest first, all else dearest first. Every agent's calls count alike, as the gateway saw them. */
export async function listCosts(context: Context, input: z.input<typeof ListCosts> = {}): Promise<Cost[]> {
  const { workspaceId } = requirePerson(context.actor);
  const { by, days, projectId } = ListCosts.parse(input);
  const { sql } = context.database;
  const keys = {
    agent: sql`calls.agent`,
    model: sql`calls.provider || '/' || calls.model`,
    thread: sql`calls.thread_id`,
    day: sql`to_char(calls.at at time zone 'utc', 'YYYY-MM-DD')`,
  };
  const rows = await sql<Cost[]>`
    select ${keys[by]} as key, ${by === 'thread' ? sql`coalesce(max(threads.title), calls.thread_id)` : keys[by]} as name, count(*)::int as calls,
      sum(calls.input_tokens)::float8 as "inputTokens", sum(calls.output_tokens)::float8 as "outputTokens",
      coalesce(sum(calls.cost_usd), 0)::float8 as "costUsd",
      (count(*) filter (where calls.cost_usd is null))::int as "unpricedCalls"
    from model_calls calls left join threads on threads.id = calls.thread_id
    where calls.workspace_id = ${workspaceId} and calls.outcome <> 'refused'
      and calls.at >= (date_trunc('day', now() at time zone 'utc') - make_interval(days => ${days - 1})) at time zone 'utc'
      ${projectId === undefined ? sql`` : sql`and calls.project_id = ${projectId}`}
    group by ${by === 'thread' ? sql`calls.thread_id` : sql`1`}
    order by ${by === 'day' ? sql`key desc` : sql`"costUsd" desc, calls desc`}
    limit 1000`;
  return rows.map((row) => ({ ...row, name: (by === 'agent' ? nameInBill(row.key) : row.name) || 'No thread' }));
}

/** An agent that needs no model itself is billed for what it passed on to one. */
function nameInBill(agent: string): string {
  const use = describeAgent(agent)?.modelUse;
  return use && 'through' in use ? `${agentName(agent)}, for what no rule covers` : agentName(agent);
}
