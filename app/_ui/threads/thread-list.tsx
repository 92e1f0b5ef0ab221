'use client';

import { usePathname } from 'next/navigation';
import { type KeyboardEvent, useEffect, useRef } from 'react';
import { groupThreads, type ThreadRow } from '../../_live/thread-row.ts';
import { MoreButton } from './more-button.tsx';
import { ThreadLink } from './thread-link.tsx';
import { useThreadListActions } from './threads-context.tsx';

const groups = [
  { key: 'needsYou', title: 'Needs you' },
  { key: 'running', title: 'Running' },
  { key: 'recent', title: 'Recent' },
] as const;

const threadLinks = 'a[href]';

/** Threads by who needs the person. `j` and `k`, or the arrows, go from one to the next; where nothing else has the focus, `j` begins with the first. */
export function ThreadList({ rows }: { rows: ThreadRow[] }) {
  const grouped = groupThreads(rows);
  const { more } = useThreadListActions();
  const list = useRef<HTMLDivElement>(null);
  const isHome = usePathname() === '/';

  useEffect(() => {
    if (!isHome) return;
    const begin = ({ key, ctrlKey, metaKey, altKey, target }: globalThis.KeyboardEvent) => {
      if (key !== 'j' || ctrlKey || metaKey || altKey || target !== document.body || !list.current?.checkVisibility()) return;
      list.current.querySelector<HTMLElement>(threadLinks)?.focus();
    };
    document.addEventListener('keydown', begin);
    return () => document.removeEventListener('keydown', begin);
  }, [isHome]);

  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: it only hears the keys of the links in it
    <div ref={list} onKeyDown={walk} className="space-y-5">
      {groups
        .filter(({ key }) => grouped[key].length > 0)
        .map(({ key, title }) => (
          <section key={key} aria-label={title}>
            <h2 className={`px-3 pb-1 font-semibold text-xs ${key === 'needsYou' ? 'text-accent' : 'text-ink-soft'}`}>{title}</h2>
            <ul>
              {grouped[key].map((row) => (
                <li key={row.id}>
                  <ThreadLink row={row} />
                </li>
              ))}
            </ul>
          </section>
        ))}
      {more && <MoreButton onMore={more} />}
    </div>
  );
}

function walk(event: KeyboardEvent<HTMLElement>): void {
  if (event.ctrlKey || event.metaKey || event.altKey) return;
  const links = [...event.currentTarget.querySelectorAll<HTMLElement>(threadLinks)];
  const here = links.indexOf(document.activeElement as HTMLElement);
  const step = { j: 1, ArrowDown: 1, k: -1, ArrowUp: -1 }[event.key];
  // The row itself archives on `e`; the focus does not go with it.
  const next = step ? links[here + step] : event.key === 'e' && !event.repeat ? (links[here + 1] ?? links[here - 1]) : undefined;
  if (here < 0 || !next) return;
  event.preventDefault();
  next.focus();
}
