'use client';

import { useEffect, useState } from 'react';
import { takeShared } from './shared.ts';

export type SharedGoal = { text: string; files: File[] };

/** What another app shared into Choir, once, also when the door stood between; or that it was lost on the way. */
export function useShared(onShared: (shared: SharedGoal) => void): { isLost: boolean } {
  const [isLost, setLost] = useState(false);
  // biome-ignore lint/correctness/useExhaustiveDependencies: taken once, when the page opens
  useEffect(() => {
    const address = new URL(window.location.href);
    const shared = address.searchParams.get('shared');
    if (shared !== null) {
      address.searchParams.delete('shared');
      window.history.replaceState(window.history.state, '', address);
    }
    if (shared === 'lost') return setLost(true);
    takeShared().then(
      (all) => all.length > 0 && onShared({ text: all.map(({ text }) => text).join('\n'), files: all.flatMap(({ files }) => files) }),
      () => setLost(shared !== null),
    );
  }, []);
  return { isLost };
}
