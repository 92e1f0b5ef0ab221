'use client';

import { useRouter } from 'next/navigation';
import { useEffect } from 'react';
import { useThreadState } from '../thread/thread-context.tsx';

/** Reads the page anew when the thread has gone on from the checkpoint that it shows. null: it shows another one on purpose, or must stay. */
export function useFreshPage(shown: string | null): void {
  const router = useRouter();
  const { currentCheckpointId } = useThreadState();
  useEffect(() => {
    if (shown !== null && currentCheckpointId !== shown) router.refresh();
  }, [shown, currentCheckpointId, router]);
}
