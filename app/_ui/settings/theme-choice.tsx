'use client';

import { Monitor, Moon, Sun } from 'lucide-react';
import { useState } from 'react';
import { Segments } from '../base/segments.tsx';
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

  return <Segments legend="Theme" name="theme" value={theme} options={choices} onChange={choose} />;
}
