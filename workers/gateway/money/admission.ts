import { type BudgetDecision, type CostRange, decideBudget } from '#lib/budgets/decide-budget.ts';
import { type BudgetedRun, readSpentBudgets } from '#lib/budgets/spent.ts';
import type { Database } from '#lib/db/connect-database.ts';

export type Admission = { ok: true; reservation: Reservation } | Extract<BudgetDecision, { ok: false }>;

/** What a call under way may cost at most, against every budget over its run; null where there is none. */
export type Reservation = { keys: string[]; usd: number | null };

/** The budgets' doorkeeper. One at a time: between what is spent and what is reserved no other call of this gateway can slip through. */
export function createAdmissions({ database }: { database: Database }) {
  const reservations = new Set<Reservation>();
  let last: Promise<unknown> = Promise.resolve();

  function inTurn<Result>(work: () => Promise<Result>): Promise<Result> {
    const turn = last.then(work);
    last = turn.catch(() => undefined);
    return turn;
  }

  return {
    admit: (run: BudgetedRun, model: string, cost: CostRange): Promise<Admission> =>
      inTurn(async () => {
        const spent = await readSpentBudgets({ database }, run);
        const charged = spent.map((budget) => ({ ...budget, reservedUsd: reservedFor(reservations, budget.key) }));
        const decision = decideBudget(charged, cost, model);
        if (!decision.ok) return decision;
        const reservation = { keys: spent.map(({ key }) => key), usd: decision.grantedUsd };
        reservations.add(reservation);
        return { ok: true, reservation };
      }),
    /** Once the call's cost stands in the ledger. In turn too: an admission that read the ledger before must still see the reservation. */
    release: (reservation: Reservation): Promise<void> =>
      inTurn(async () => {
        reservations.delete(reservation);
      }),
  };
}

export type Admissions = ReturnType<typeof createAdmissions>;

function reservedFor(reservations: Set<Reservation>, key: string): number {
  let usd = 0;
  for (const reservation of reservations) if (reservation.keys.includes(key)) usd += reservation.usd ?? 0;
  return usd;
}
