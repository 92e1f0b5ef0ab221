'use client';

import { Monitor, Moon, Sun } from 'lucide-react';
import { useState } from 'react';
import { applyTheme, type Theme } from '../theme.ts';

const choices = [
  { value: 'system', label: 'System', Icon: Monitor },
  { value: 'light', label: 'Light', Icon: Sun },
  { value: 'dark', label: 'Dark', Icon: Moon },
] as const;

export function ThemeChoice({ initial }: { initial: Theme }) {
  const [theme, setTheme] = useState(initial);

  function choose(next: Theme): void {
    setTheme(next);
    applyTheme(next);
  }

  return (
    <fieldset className="grid grid-cols-3 gap-1 rounded-control bg-sunken p-1">
      <legend className="sr-only">Theme</legend>
      {choices.map(({ value, label, Icon }) => (
        <label
          key={value}
          className="flex min-h-11 items-center justify-center gap-2 rounded-lg text-sm has-checked:bg-raised has-checked:font-medium has-checked:shadow-xs has-focus-visible:outline-2 has-focus-visible:outline-accent"
        >
          <input type="radio" name="theme" checked={theme === value} onChange={() => choose(value)} className="sr-only" />
          <Icon className="size-4" aria-hidden />
          {label}
        </label>
      ))}
    </fieldset>
  );
}
