'use client';

import { Wallet } from 'lucide-react';
import { useRouter } from 'next/navigation';
import { useState } from 'react';
import { send } from '../../_live/request.ts';
import { Button } from '../base/button.tsx';
import { Choice } from '../base/choice.tsx';
import { Field } from '../base/field.tsx';
import { Notice } from '../base/notice.tsx';
import { useAction } from '../base/use-action.ts';
import type { RulePlace } from '../rules/rule-place.ts';
import { readDecimal } from './read-decimal.ts';

export function NewBudget({ places }: { places: RulePlace[] }) {
  const router = useRouter();
  const { busy, failure, act } = useAction();
  const [limit, setLimit] = useState('');
  const [place, setPlace] = useState(0);
  const limitUsd = readDecimal(limit);

  async function set(): Promise<void> {
    const at = places[place];
    if (!at) return;
    const { scope, scopeId } = at;
    await send('/api/budgets', { scope, scopeId, limitUsd, period: scope === 'thread' ? 'ever' : 'month' }, 'PUT');
    setLimit('');
    router.refresh();
  }

  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        void act(set);
      }}
      className="space-y-3"
    >
      <Field
        label="New budget"
        inputMode="decimal"
        value={limit}
        placeholder="10.00"
        hint={places[place]?.scope === 'thread' ? 'US dollars, for as long as the thread lives.' : 'US dollars for each calendar month.'}
        autoComplete="off"
        onChange={(event) => setLimit(event.target.value)}
      />
      <div className="-mx-2 sm:-mx-2.5 flex">
        <Choice
          label="Whose budget"
          icon={<Wallet className="size-4 shrink-0" aria-hidden />}
          value={String(place)}
          options={places.map(({ name }, index) => ({ value: String(index), label: name }))}
          onChange={(value) => setPlace(Number(value))}
        />
      </div>
      {failure && <Notice>{failure}</Notice>}
      <Button type="submit" busy={busy} disabled={!(limitUsd > 0)}>
        Set budget
      </Button>
    </form>
  );
}
