'use client';

import { ShieldCheck } from 'lucide-react';
import type { RunMode } from '#lib/core/event.ts';
import { Choice } from './choice.tsx';

const modes: { value: RunMode; label: string }[] = [
  { value: 'assisted', label: 'Ask me' },
  { value: 'plan', label: 'Plan first' },
  { value: 'autonomous', label: 'On its own' },
];

export function ModeChoice({ mode, onChange }: { mode: RunMode; onChange(mode: RunMode): void }) {
  return (
    <Choice
      label="How it works"
      icon={<ShieldCheck className="size-4 shrink-0" aria-hidden />}
      value={mode}
      options={modes}
      onChange={onChange}
    />
  );
}
