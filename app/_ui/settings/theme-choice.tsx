'use client';

import { Monitor, Moon, Sun } from 'lucide-react';
import { useSyncExternalStore } from 'react';
import { Segments } from '../base/segments.tsx';
import { applyTheme, shownTheme, type Theme, watchTheme } from '../theme.ts';

const choices = [
  { value: 'system', label: 'System', Icon: Monitor },
  { value: 'light', label: 'Light', Icon: Sun },
  { value: 'dark', label: 'Dark', Icon: Moon },
] as const;

export function ThemeChoice({ initial }: { initial: Theme }) {
  const theme = useSyncExternalStore(watchTheme, shownTheme, () => initial);
  return <Segments legend="Theme" name="theme" value={theme} options={choices} onChange={applyTheme} />;
}
