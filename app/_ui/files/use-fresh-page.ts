'use client';

import { useRouter } from 'next/navigation';
import { useEffect } from 'react';
import { useThreadState } from '../thread/thread-context.tsx';

/** Reads the page anew when it `isBehind`, or the thread has gone on from the checkpoint that it shows. null, and it stays: it shows another one on purpose, or is being edited. */
export function useFreshPage(shown: string | null, isBehind = false): void {
  const router = useRouter();
  const { currentCheckpointId } = useThreadState();
  useEffect(() => {
    if (shown !== null && (isBehind || currentCheckpointId !== shown)) router.refresh();
  }, [shown, isBehind, currentCheckpointId, router]);
}
