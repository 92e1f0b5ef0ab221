'use client';

import { ArrowDownToLine, ArrowUpToLine, GitCommitVertical, MessageSquare } from 'lucide-react';
import { type ReactNode, useEffect, useState } from 'react';
import type { CheckpointState } from '#lib/core/state.ts';
import { readEvents } from '../../_live/read-events.ts';
import { explainFailure, requestJson } from '../../_live/request.ts';
import { HostileText } from '../base/hostile-text.tsx';
import { Ago } from '../base/moment.tsx';
import { Notice } from '../base/notice.tsx';
import { Sheet } from '../base/sheet.tsx';

type Place = { key: string; seq: number; at: string; kind: 'goal' | 'checkpoint'; words: string };
type GoToSheetProps = { threadId: string; onGo(seq: number): void; onNewest(): void; onClose(): void };

const shownPlaces = 300;

/** Where one may want to go in a long conversation: its ends, its goals, its named checkpoints. */
export function GoToSheet({ threadId, onGo, onNewest, onClose }: GoToSheetProps) {
  const [places, setPlaces] = useState<Place[] | null>(null);
  const [failure, setFailure] = useState<string | null>(null);
  const [filter, setFilter] = useState('');
  useEffect(() => {
    readPlaces(threadId).then(setPlaces, (error: unknown) => setFailure(explainFailure(error)));
  }, [threadId]);

  const words = filter.trim().toLowerCase();
  const found = (places ?? []).filter((place) => place.words.toLowerCase().includes(words));
  function leaveTo(go: () => void): void {
    onClose();
    go();
  }

  return (
    <Sheet title="Go to" onClose={onClose}>
      {failure && <Notice>{failure}</Notice>}
      <div className="grid grid-cols-2 gap-2">
        <PlaceButton onClick={() => leaveTo(() => onGo(1))} icon={<ArrowUpToLine className="size-4 shrink-0" aria-hidden />}>
          The start
        </PlaceButton>
        <PlaceButton onClick={() => leaveTo(onNewest)} icon={<ArrowDownToLine className="size-4 shrink-0" aria-hidden />}>
          The newest
        </PlaceButton>
      </div>
      <input
        type="search"
        value={filter}
        onChange={(event) => setFilter(event.target.value)}
        aria-label="Find a goal or a checkpoint"
        placeholder="Find a goal or a checkpoint"
        className="mt-4 block min-h-11 w-full rounded-control border border-line-strong bg-paper px-3 text-base"
      />
      <p role="status" className="mt-2 text-ink-soft text-sm">
        {places === null && !failure && 'Reading …'}
        {places && found.length === 0 && 'Nothing by these words.'}
      </p>
      <ul>
        {found.slice(0, shownPlaces).map((place) => (
          <li key={place.key}>
            <PlaceButton
              onClick={() => leaveTo(() => onGo(place.seq))}
              icon={
                place.kind === 'goal' ? (
                  <MessageSquare className="size-4 shrink-0 text-ink-soft" aria-hidden />
                ) : (
                  <GitCommitVertical className="size-4 shrink-0 text-ink-soft" aria-hidden />
                )
              }
            >
              <span className="contained line-clamp-2 min-w-0 flex-1">
                <HostileText text={place.words} />
              </span>
              <span className="shrink-0 text-ink-soft text-xs">
                <Ago at={place.at} />
              </span>
            </PlaceButton>
          </li>
        ))}
      </ul>
    </Sheet>
  );
}

function PlaceButton({ icon, children, onClick }: { icon: ReactNode; children: ReactNode; onClick(): void }) {
  return (
    <button
      type="button"
      onClick={onClick}
      className="-mx-2 flex min-h-11 w-[calc(100%+1rem)] items-center gap-2.5 rounded-lg px-2 py-1.5 text-left text-sm hover:bg-sunken"
    >
      {icon}
      {children}
    </button>
  );
}

/** The newest first. */
async function readPlaces(threadId: string): Promise<Place[]> {
  const places: Place[] = [];
  for await (const { type, data, id, seq, at } of readEvents(threadId, 'type=goal.given'))
    if (type === 'goal.given') places.push({ key: id, seq, at, kind: 'goal', words: data.text });
  const path = `/api/threads/${encodeURIComponent(threadId)}/checkpoints?limit=10000`;
  const { checkpoints } = await requestJson<{ checkpoints: CheckpointState[] }>(path);
  for (const { checkpointId, seq, at, number, name, label } of checkpoints)
    places.push({ key: checkpointId, seq, at, kind: 'checkpoint', words: `#${number} ${name ?? label}` });
  return places.toSorted((left, right) => right.seq - left.seq);
}
