'use client';

import { ArrowDownToLine, ArrowUpToLine, GitCommitVertical, MessageSquare, Search } from 'lucide-react';
import { type ReactNode, useState } from 'react';
import { HostileText } from '../base/hostile-text.tsx';
import { Ago } from '../base/moment.tsx';
import { Notice } from '../base/notice.tsx';
import { Sheet } from '../base/sheet.tsx';
import { MarkedText } from '../search/marked-text.tsx';
import { usePlaces } from './use-places.ts';
import { useThreadSearch } from './use-thread-search.ts';

type GoToSheetProps = { threadId: string; onGo(seq: number): void; onNewest(): void; onClose(): void };

const shownPlaces = 300;
const icon = 'size-4 shrink-0 text-ink-soft';

/** Where one may want to go in a long conversation: its ends, its goals and checkpoints, and wherever some words are. */
export function GoToSheet({ threadId, onGo, onNewest, onClose }: GoToSheetProps) {
  const places = usePlaces(threadId);
  const [filter, setFilter] = useState('');
  const search = useThreadSearch(threadId);
  const words = filter.trim().toLowerCase();
  const named = places.places.filter((place) => place.words.toLowerCase().includes(words));
  const said = (search.events ?? []).filter(({ seq }) => !named.some((place) => place.seq === seq));
  const failed = [places, search].find(({ failure }) => failure !== null);
  const isSettled = !places.isBusy && !search.isBusy;

  function leaveTo(go: () => void): void {
    onClose();
    go();
  }

  return (
    <Sheet title="Go to" onClose={onClose}>
      {failed && (
        <div className="mb-3">
          <Notice>
            {failed.failure}{' '}
            <button type="button" onClick={failed.again} className="min-h-11 font-medium underline underline-offset-2">
              Try again
            </button>
          </Notice>
        </div>
      )}
      <input
        type="search"
        value={filter}
        onChange={(event) => {
          setFilter(event.target.value);
          search.look(event.target.value);
        }}
        aria-label="Find in this thread"
        placeholder="Find in this thread"
        enterKeyHint="search"
        className="block min-h-11 w-full rounded-control border border-line-strong bg-paper px-3 text-base"
      />
      <p role="status" className="mt-2 text-ink-soft text-sm">
        {!isSettled && !failed && 'Looking …'}
        {isSettled && !failed && named.length + said.length === 0 && 'Nothing by these words.'}
      </p>
      <ul>
        {words === '' && (
          <>
            <PlaceRow onClick={() => leaveTo(() => onGo(1))} icon={<ArrowUpToLine className={icon} aria-hidden />}>
              The start
            </PlaceRow>
            <PlaceRow onClick={() => leaveTo(onNewest)} icon={<ArrowDownToLine className={icon} aria-hidden />}>
              The newest
            </PlaceRow>
          </>
        )}
        {named.slice(0, shownPlaces).map((place) => (
          <PlaceRow
            key={place.key}
            at={place.at}
            onClick={() => leaveTo(() => onGo(place.seq))}
            icon={
              place.kind === 'goal' ? <MessageSquare className={icon} aria-hidden /> : <GitCommitVertical className={icon} aria-hidden />
            }
          >
            <HostileText text={place.words} />
          </PlaceRow>
        ))}
        {said.map(({ seq, at, match }) => (
          <PlaceRow key={seq} at={at} onClick={() => leaveTo(() => onGo(seq))} icon={<Search className={icon} aria-hidden />}>
            <MarkedText match={match} />
          </PlaceRow>
        ))}
      </ul>
    </Sheet>
  );
}

function PlaceRow({ icon, at, children, onClick }: { icon: ReactNode; at?: string; children: ReactNode; onClick(): void }) {
  return (
    <li>
      <button
        type="button"
        onClick={onClick}
        className="-mx-2 flex min-h-11 w-[calc(100%+1rem)] items-center gap-2.5 rounded-lg px-2 py-1.5 text-left text-sm hover:bg-sunken"
      >
        {icon}
        <span className="contained line-clamp-2 min-w-0 flex-1">{children}</span>
        {at && (
          <span className="shrink-0 text-ink-soft text-xs">
            <Ago at={at} />
          </span>
        )}
      </button>
    </li>
  );
}
