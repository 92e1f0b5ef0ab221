import type { CheckpointState } from '#lib/core/state.ts';
import { askPastSilence } from '../../_live/ask-past-silence.ts';
import { readEvents } from '../../_live/read-events.ts';
import { requestJson } from '../../_live/request.ts';
import { threadPath } from '../../_live/thread-path.ts';

export type Place = { key: string; seq: number; at: string; kind: 'goal' | 'checkpoint'; words: string };

/** So few that each answer is there soon on a slow line too. */
const pageCheckpoints = 200;

/** Goals and checkpoints of a thread, the newest first. Throws a RequestError. */
export function readPlaces(threadId: string, signal: AbortSignal): Promise<Place[]> {
  return askPastSilence(async (line, onSign) => {
    const either = AbortSignal.any([signal, line]);
    const places = await Promise.all([readGoals(threadId, either, onSign), readCheckpoints(threadId, either, onSign)]);
    return places.flat().toSorted((left, right) => right.seq - left.seq);
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

async function readCheckpoints(threadId: string, signal: AbortSignal, onSign: () => void): Promise<Place[]> {
  const places: Place[] = [];
  for (let rest = ''; ; ) {
    const path = threadPath(threadId, `/checkpoints?limit=${pageCheckpoints}${rest}`);
    const { checkpoints } = await requestJson<{ checkpoints: CheckpointState[] }>(path, { signal });
    onSign();
    for (const { checkpointId, seq, at, number, name, label } of checkpoints)
      places.push({ key: checkpointId, seq, at, kind: 'checkpoint', words: `#${number} ${name ?? label}` });
    const oldest = checkpoints.at(-1);
    if (!oldest || checkpoints.length < pageCheckpoints) return places;
    rest = `&before=${oldest.number}`;
  }
}
