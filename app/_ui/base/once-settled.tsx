'use client';

import { type ReactNode, Suspense, startTransition, useEffect, useState } from 'react';
import { onceSettled } from '../../_live/once-settled.ts';

/** What a page can do without while it comes to life, loaded and drawn a little after that. */
export function OnceSettled({ children }: { children: ReactNode }) {
  const [isSettled, setIsSettled] = useState(false);
  useEffect(() => onceSettled(() => startTransition(() => setIsSettled(true))), []);
  return isSettled && <Suspense>{children}</Suspense>;
}
