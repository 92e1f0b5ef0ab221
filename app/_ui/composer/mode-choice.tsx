'use client';

import { ShieldCheck } from 'lucide-react';
import type { RunMode } from '#lib/core/event.ts';
import { Choice } from '../base/choice.tsx';

/** How a run works, as a person picks it: the modes, and the dry run that shows everything before any of it is kept. */
export type WayOfWorking = RunMode | 'dry-run';

const ways: { value: WayOfWorking; label: string }[] = [
  { value: 'assisted', label: 'Ask me' },
  { value: 'plan', label: 'Plan first' },
  { value: 'dry-run', label: 'Dry run first' },
  { value: 'autonomous', label: 'On its own' },
];

export function ModeChoice({ way, onChange }: { way: WayOfWorking; onChange(way: WayOfWorking): void }) {
  return (
    <Choice
      label="How it works"
      icon={<ShieldCheck className="size-4 shrink-0" aria-hidden />}
      value={way}
      options={ways}
      onChange={onChange}
      isTight
    />
  );
}

export function modeBody(way: WayOfWorking): { mode: RunMode; dryRun: boolean } {
  return way === 'dry-run' ? { mode: 'assisted', dryRun: true } : { mode: way, dryRun: false };
}
