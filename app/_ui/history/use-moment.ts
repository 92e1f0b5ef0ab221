'use client';

import { useEffect, useState } from 'react';
import type { LedgerEvent } from '#lib/core/event.ts';
import type { CheckpointState } from '#lib/core/state.ts';
import { plainWords } from '#lib/core/words/plain-words.ts';
import { readEvents } from '../../_live/read-events.ts';
import { requestJson } from '../../_live/request.ts';
import { threadPath } from '../../_live/thread-path.ts';

/** A point in the life of a thread. `words`: what was said last before it. */
export type Moment = { checkpoint: CheckpointState; words: { seq: number; text: string; byPerson: boolean } | null };

/** While a thumb is still moving, nothing is asked for. */
const restMs = 120;
const wordsRead = 5;

/** What stood at the checkpoint `number`; null while that is not known. */
export function useMoment(threadId: string, number: number, known: readonly CheckpointState[]): Moment | null {
  const [moment, setMoment] = useState<Moment | null>(null);
  const held = known.find((checkpoint) => checkpoint.number === number);
  const name = held?.name;

  // biome-ignore lint/correctness/useExhaustiveDependencies: a checkpoint never changes but for its name
  useEffect(() => {
    const asking = new AbortController();
    const timer = setTimeout(async () => {
      try {
        const checkpoint = held ?? (await readCheckpoint(threadId, number, asking.signal));
        if (!checkpoint) return;
        const words = await readWords(threadId, checkpoint.seq, asking.signal);
        if (!asking.signal.aborted) setMoment({ checkpoint, words });
      } catch {
        // Away from the network the slider still moves; what stood there is read at the next stop.
      }
    }, restMs);
    return () => {
      asking.abort();
      clearTimeout(timer);
    };
  }, [threadId, number, name]);

  return moment?.checkpoint.number === number ? moment : held ? { checkpoint: held, words: null } : null;
}

export async function readCheckpoint(threadId: string, number: number, signal?: AbortSignal): Promise<CheckpointState | null> {
  const path = threadPath(threadId, `/checkpoints?before=${number + 1}&limit=1`);
  const { checkpoints } = await requestJson<{ checkpoints: CheckpointState[] }>(path, { signal });
  return checkpoints[0] ?? null;
}

async function readWords(threadId: string, seq: number, signal: AbortSignal): Promise<Moment['words']> {
  let found: Moment['words'] = null;
  for await (const event of readEvents(threadId, `before=${seq}&limit=${wordsRead}&kind=words`, signal)) found = wordsOf(event) ?? found;
  return found;
}

function wordsOf(event: LedgerEvent): Moment['words'] {
  if (event.type !== 'goal.given' && event.type !== 'guidance.given' && event.type !== 'message.posted') return null;
  const byPerson = event.type !== 'message.posted';
  return { seq: event.seq, text: byPerson ? event.data.text : plainWords(event.data.text), byPerson };
}
