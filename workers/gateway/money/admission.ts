import type { Sql, TransactionSql } from 'postgres';
import { type BudgetDecision, type CostRange, decideBudget } from '#lib/budgets/decide-budget.ts';
import { type BudgetedRun, readSpentBudgets } from '#lib/budgets/spent.ts';
import type { Database } from '#lib/db/connect-database.ts';

export type Admission = { ok: true; reservation: Reservation } | Extract<BudgetDecision, { ok: false }>;

/** What a call under way may cost at most; null where no budget holds. */
export type Reservation = { modelCallId: string; usd: number | null };

/** A reservation lasts so long unless it is kept up: a gateway that died holds nobody back for ever. */
const lastsMs = 60_000;
const keepUpEveryMs = 20_000;
/** A gateway that stands still while it decides holds the others up no longer than this. */
const decidesWithin = '10s';

/**
 * The budgets' doorkeeper. Between what is spent and what is reserved no other call can slip through, whichever gateway it comes to: reservations lie in
 * the database, and in one workspace one call is decided about after the other.
 */
export function createAdmissions({ database }: { database: Database }) {
  const { sql } = database;
  const held = new Set<string>();
  let last: Promise<unknown> = Promise.resolve();
  const timer = setInterval(() => void keepUp().catch(() => {}), keepUpEveryMs).unref();

  async function keepUp(): Promise<void> {
    if (held.size > 0) await sql`update reservations set until = ${lasting(sql)} where model_call_id in ${sql([...held])}`;
    await sql`delete from reservations where until < now() - interval '1 hour'`;
  }

  /** A reservation counts as held once it surely stands: one whose commit went unheard lapses by itself. */
  async function reserve(run: BudgetedRun, model: string, cost: CostRange, modelCallId: string): Promise<Admission> {
    const admission = await decide(run, model, cost, modelCallId);
    if (admission.ok && admission.reservation.usd !== null) held.add(modelCallId);
    return admission;
  }

  async function decide(run: BudgetedRun, model: string, cost: CostRange, modelCallId: string): Promise<Admission> {
    if ((await readSpentBudgets({ database }, run)).length === 0) return { ok: true, reservation: { modelCallId, usd: null } };
    return sql.begin(async (transaction) => {
      await transaction`select set_config('idle_in_transaction_session_timeout', ${decidesWithin}, true)`;
      await transaction`select pg_advisory_xact_lock(hashtextextended(${`budgets ${run.workspaceId}`}, 0))`;
      for (;;) {
        // As they stand before the bill is read: what ends meanwhile is counted, and where only that stands in the way, counted anew without it.
        const before = await underWay(transaction, run.workspaceId);
        const spent = await readSpentBudgets({ database }, run);
        const decision = decideBudget(
          spent.map((budget) => ({ ...budget, reservedUsd: reservedFor(before, budget.key) })),
          cost,
          model,
        );
        if (decision.ok) {
          const reservation = { modelCallId, usd: decision.grantedUsd };
          await transaction`insert into reservations (model_call_id, workspace_id, keys, usd, until)
            values (${modelCallId}, ${run.workspaceId}, ${spent.map(({ key }) => key)}, ${decision.grantedUsd ?? 0}, ${lasting(transaction)})`;
          return { ok: true, reservation };
        }
        const now = new Set((await underWay(transaction, run.workspaceId)).map(({ id }) => id));
        if (before.every(({ id }) => now.has(id))) return decision;
      }
    });
  }

  return {
    /** @param modelCallId under which the call will stand on the bill: from then on it is not counted as reserved any more */
    admit: (run: BudgetedRun, model: string, cost: CostRange, modelCallId: string): Promise<Admission> => {
      const turn = last.then(() => reserve(run, model, cost, modelCallId));
      last = turn.catch(() => undefined);
      return turn;
    },
    /** Once the call's cost stands on the bill, or it was not made. */
    async release({ modelCallId }: Reservation): Promise<void> {
      if (held.delete(modelCallId)) await sql`delete from reservations where model_call_id = ${modelCallId}`.catch(() => {});
    },
    close: () => clearInterval(timer),
  };
}

export type Admissions = ReturnType<typeof createAdmissions>;

type Reserved = { id: string; keys: string[]; usd: number };

/** Calls that are not on the bill yet. */
async function underWay(sql: TransactionSql, workspaceId: string): Promise<Reserved[]> {
  return sql<Reserved[]>`
    select model_call_id as id, keys, usd from reservations
    where workspace_id = ${workspaceId} and until > clock_timestamp()
      and not exists (select 1 from model_calls where model_calls.id = model_call_id)`;
}

function lasting(sql: Sql | TransactionSql) {
  return sql`clock_timestamp() + make_interval(secs => ${lastsMs / 1_000})`;
}

function reservedFor(reservations: Reserved[], key: string): number {
  let usd = 0;
  for (const reservation of reservations) if (reservation.keys.includes(key)) usd += reservation.usd;
  return usd;
}
