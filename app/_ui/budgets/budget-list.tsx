'use client';

import { useRouter } from 'next/navigation';
import type { Budget } from '#lib/budgets/list-budgets.ts';
import { describeUsd } from '#lib/core/words/describe-cost.ts';
import { sendDelete } from '../../_live/send-delete.ts';
import { Button } from '../base/button.tsx';
import { HostileText } from '../base/hostile-text.tsx';
import { Notice } from '../base/notice.tsx';
import { useAction } from '../base/use-action.ts';

export function BudgetList({ budgets }: { budgets: Budget[] }) {
  if (budgets.length === 0) return null;
  return (
    <ul className="divide-y divide-line rounded-card border border-line bg-raised">
      {budgets.map((budget) => (
        <li key={`${budget.scope}-${budget.scopeId}`} className="px-4 py-2.5">
          <BudgetRow budget={budget} />
        </li>
      ))}
    </ul>
  );
}

function BudgetRow({ budget: { scope, scopeId, name, limitUsd, period, spentUsd } }: { budget: Budget }) {
  const router = useRouter();
  const { busy, failure, act } = useAction();
  const where = scope === 'workspace' ? 'Everywhere' : name;
  const share = Math.min(1, spentUsd / limitUsd);

  async function remove(): Promise<void> {
    await sendDelete(`/api/budgets?${new URLSearchParams({ scope, scopeId })}`);
    router.refresh();
  }

  return (
    <>
      <div className="flex items-center gap-3">
        <div className="contained min-w-0 flex-1 space-y-1">
          <p className="text-sm">
            <HostileText text={where} />
          </p>
          <meter aria-label={`Spent in ${where}`} min={0} max={limitUsd} value={Math.min(spentUsd, limitUsd)} className="sr-only" />
          <div className="h-1.5 overflow-hidden rounded-full bg-sunken" aria-hidden>
            <div className={`h-full origin-left ${share > 0.8 ? 'bg-warn' : 'bg-good'}`} style={{ scale: `${share} 1` }} />
          </div>
          <p className="tabular text-ink-soft text-xs">
            {describeUsd(spentUsd)} of {describeUsd(limitUsd)}
            {period === 'month' && ' this month'}
          </p>
        </div>
        <Button look="danger" busy={busy} onClick={() => act(remove)} aria-label={`Remove the budget of ${where}`}>
          Remove
        </Button>
      </div>
      {failure && <Notice>{failure}</Notice>}
    </>
  );
}
