'use client';

import { useId } from 'react';
import type { RememberScope } from '#lib/core/approval.ts';

const scopes: { value: RememberScope | ''; label: string }[] = [
  { value: '', label: 'Only this once' },
  { value: 'run', label: 'Whenever it comes up in this run' },
  { value: 'thread', label: 'Always in this thread' },
  { value: 'workspace', label: 'Always, everywhere' },
];

/** How far a yes reaches. It is remembered for exactly this action, never for one like it. */
export function RememberChoice({ value, onChange }: { value: RememberScope | ''; onChange(value: RememberScope | ''): void }) {
  const id = useId();
  return (
    <div className="flex items-center gap-2 text-ink-soft text-sm">
      <label htmlFor={id} className="shrink-0">
        Approve
      </label>
      <select
        id={id}
        value={value}
        onChange={(event) => onChange(event.target.value as RememberScope | '')}
        className="min-h-11 min-w-0 flex-1 rounded-control border border-line bg-raised px-2"
      >
        {scopes.map((scope) => (
          <option key={scope.value} value={scope.value}>
            {scope.label}
          </option>
        ))}
      </select>
    </div>
  );
}
