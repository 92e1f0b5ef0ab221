import type { CheckpointState } from '#lib/core/state.ts';
import { askPastSilence } from '../../_live/ask-past-silence.ts';
import { readEvents } from '../../_live/read-events.ts';
import { requestJson } from '../../_live/request.ts';
import { threadPath } from '../../_live/thread-path.ts';

export type Place = { key: string; seq: number; at: string; kind: 'goal' | 'checkpoint'; words: string };

/** So few that each answer is there soon on a slow line too. */
const pageCheckpoints = 200;

/**
 * Goals and checkpoints of a thread, the newest first. `onPart` hears what is there after each page of checkpoints: they come one after the other.
 * Throws a RequestError.
 */
export function readPlaces(threadId: string, signal: AbortSignal, onPart: (places: Place[]) => void): Promise<Place[]> {
  const read = new Map<string, Place>();
  const keep = (places: readonly Place[]) => {
    for (const place of places) read.set(place.key, place);
  };
  const newestFirst = () => [...read.values()].toSorted((left, right) => right.seq - left.seq);
  return askPastSilence(async (line, onSign) => {
    const either = AbortSignal.any([signal, line]);
    const goals = readGoals(threadId, either, onSign).then(keep);
    async function readPages(): Promise<void> {
      for await (const page of readCheckpoints(threadId, either)) {
        onSign();
        keep(page);
        // The goals stand between them: what is in sight does not move.
        await goals;
        onPart(newestFirst());
      }
    }
    await Promise.all([goals, readPages()]);
    return newestFirst();
  });
}

async function readGoals(threadId: string, signal: AbortSignal, onSign: () => void): Promise<Place[]> {
  const places: Place[] = [];
  for await (const { type, data, id, seq, at } of readEvents(threadId, 'type=goal.given', signal)) {
    onSign();
    if (type === 'goal.given') places.push({ key: id, seq, at, kind: 'goal', words: data.text });
  }
  return places;
}

/** Page after page, the newest first. */
async function* readCheckpoints(threadId: string, signal: AbortSignal): AsyncGenerator<Place[]> {
  for (let rest = ''; ; ) {
    const path = threadPath(threadId, `/checkpoints?limit=${pageCheckpoints}${rest}`);
    const { checkpoints } = await requestJson<{ checkpoints: CheckpointState[] }>(path, { signal });
    yield checkpoints.map(placeOf);
    const oldest = checkpoints.at(-1);
    if (!oldest || checkpoints.length < pageCheckpoints) return;
    rest = `&before=${oldest.number}`;
  }
}

function placeOf({ checkpointId, seq, at, number, name, label }: CheckpointState): Place {
  return { key: checkpointId, seq, at, kind: 'checkpoint', words: `#${number} ${name ?? label}` };
}
