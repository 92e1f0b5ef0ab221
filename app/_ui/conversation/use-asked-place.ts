'use client';

import { useSearchParams } from 'next/navigation';
import { useEffect, useEffectEvent } from 'react';
import type { CheckpointState, ThreadState } from '#lib/core/state.ts';
import { requestJson } from '../../_live/request.ts';
import { threadPath } from '../../_live/thread-path.ts';

/** Goes to the place that the address asks for: `?at=` the seq of an event, or the id of a checkpoint. */
export function useAskedPlace({ threadId, checkpoints }: ThreadState, goTo: (seq: number) => void): void {
  const asked = useSearchParams().get('at');
  const find = useEffectEvent((place: string) => seqOf(threadId, place, checkpoints));
  useEffect(() => {
    if (!asked) return;
    let stale = false;
    void find(asked).then((seq) => {
      if (seq !== null && !stale) goTo(seq);
    });
    return () => {
      stale = true;
    };
  }, [asked, goTo]);
}

async function seqOf(threadId: string, asked: string, known: readonly CheckpointState[]): Promise<number | null> {
  if (/^\d{1,9}$/.test(asked)) return Number(asked);
  const find = (checkpoints: readonly CheckpointState[]) => checkpoints.find(({ checkpointId }) => checkpointId === asked)?.seq;
  const here = find(known);
  if (here !== undefined) return here;
  const path = threadPath(threadId, '/checkpoints?limit=10000');
  return requestJson<{ checkpoints: CheckpointState[] }>(path).then(
    ({ checkpoints }) => find(checkpoints) ?? null,
    () => null,
  );
}
