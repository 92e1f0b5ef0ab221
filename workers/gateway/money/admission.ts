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

  async function decide(run: BudgetedRun, model: string, cost: CostRange): Promise<Admission> {
    // As they stand before the ledger is read: what ends meanwhile is counted, and where only that stands in the way, counted anew without it.
    const before = [...reservations];
    const spent = await readSpentBudgets({ database }, run);
    const charged = spent.map((budget) => ({ ...budget, reservedUsd: reservedFor(before, budget.key) }));
    const decision = decideBudget(charged, cost, model);
    if (!decision.ok) return before.every((reservation) => reservations.has(reservation)) ? decision : decide(run, model, cost);
    const reservation = { keys: spent.map(({ key }) => key), usd: decision.grantedUsd };
    reservations.add(reservation);
    return { ok: true, reservation };
  }

  return {
    admit: (run: BudgetedRun, model: string, cost: CostRange): Promise<Admission> => {
      const turn = last.then(() => decide(run, model, cost));
      last = turn.catch(() => undefined);
      return turn;
    },
    /** Once the call's cost stands in the ledger. */
    release(reservation: Reservation): void {
      reservations.delete(reservation);
    },
  };
}

export type Admissions = ReturnType<typeof createAdmissions>;

function reservedFor(reservations: Reservation[], key: string): number {
  let usd = 0;
  for (const reservation of reservations) if (reservation.keys.includes(key)) usd += reservation.usd ?? 0;
  return usd;
}
