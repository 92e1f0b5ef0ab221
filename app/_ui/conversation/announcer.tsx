'use client';

import { useEffect, useRef, useState } from 'react';
import type { Item } from '#lib/core/state.ts';
import { announceItem } from './announce-item.ts';

const spokenLength = 300;

/** Says messages, questions and endings after `since` to a screen reader; calls and checkpoints would drown it. */
export function Announcer({ items, since }: { items: readonly Item[]; since: number }) {
  const lastSeq = useRef(since);
  const [words, setWords] = useState({ polite: '', urgent: '' });

  useEffect(() => {
    const newest = items.at(-1)?.seq ?? 0;
    const told = lastSeq.current;
    if (newest <= told) return;
    lastSeq.current = newest;
    const fresh = items.filter((item) => item.seq > told);
    const speak = (urgent: boolean) =>
      fresh
        .filter((item) => (item.kind === 'approval') === urgent)
        .map((item) => announceItem(item)?.slice(0, spokenLength))
        .filter(Boolean)
        .join(' ');
    setWords({ polite: speak(false), urgent: speak(true) });
  }, [items]);

  return (
    <div className="sr-only">
      <p aria-live="polite">{words.polite}</p>
      <p aria-live="assertive">{words.urgent}</p>
    </div>
  );
}
