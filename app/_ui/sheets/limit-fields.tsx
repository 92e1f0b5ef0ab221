'use client';

import type { RunLimits } from '#lib/core/limits/run-limits.ts';
import { Field } from '../base/field.tsx';
import { readDecimal } from '../budgets/read-decimal.ts';

const minute = 60_000;

type LimitFieldsProps = { limits: RunLimits; warning: string | null; onChange(limits: RunLimits): void };

/** Where the run stops by itself and asks. */
export function LimitFields({ limits, warning, onChange }: LimitFieldsProps) {
  function set(name: keyof RunLimits, text: string, unit = 1): void {
    const { [name]: _, ...rest } = limits;
    const value = readDecimal(text) * unit;
    onChange(!(value > 0) ? rest : { ...rest, [name]: name === 'budgetUsd' ? value : Math.round(value) });
  }
  const shown = (value: number | undefined, unit = 1) => (value === undefined ? '' : String(value / unit));
  return (
    <fieldset className="mt-5 space-y-1.5">
      <legend className="font-medium text-sm">Stop and ask at</legend>
      <div className="grid grid-cols-3 gap-2">
        <Field
          label="US dollars"
          inputMode="decimal"
          defaultValue={shown(limits.budgetUsd)}
          onChange={(event) => set('budgetUsd', event.target.value)}
        />
        <Field
          label="Minutes"
          inputMode="numeric"
          defaultValue={shown(limits.timeMs, minute)}
          onChange={(event) => set('timeMs', event.target.value, minute)}
        />
        <Field
          label="Steps"
          inputMode="numeric"
          defaultValue={shown(limits.maxIterations)}
          onChange={(event) => set('maxIterations', event.target.value)}
        />
      </div>
      <p className="text-warn text-xs" role="status">
        {warning}
      </p>
      <p className="text-ink-soft text-xs">
        Empty: no limit, or the usual one when it works on its own. The budget is checked before every call to a model.
      </p>
    </fieldset>
  );
}
