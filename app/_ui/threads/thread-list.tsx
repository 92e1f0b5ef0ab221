'use client';

import type { KeyboardEvent } from 'react';
import { groupThreads, type ThreadRow } from '../../_live/thread-row.ts';
import { MoreButton } from './more-button.tsx';
import { ThreadLink } from './thread-link.tsx';
import { useThreadListActions } from './threads-context.tsx';

const groups = [
  { key: 'needsYou', title: 'Needs you' },
  { key: 'running', title: 'Running' },
  { key: 'recent', title: 'Recent' },
] as const;

/** Threads by who needs the person. `j` and `k`, or the arrows, go from one to the next. */
export function ThreadList({ rows }: { rows: ThreadRow[] }) {
  const grouped = groupThreads(rows);
  const { more } = useThreadListActions();
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: it only hears the keys of the links in it
    <div onKeyDown={walk} className="space-y-5">
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
  const step = { j: 1, ArrowDown: 1, k: -1, ArrowUp: -1 }[event.key];
  if (!step || event.ctrlKey || event.metaKey || event.altKey) return;
  const links = [...event.currentTarget.querySelectorAll<HTMLElement>('a[href]')];
  const next = links[links.indexOf(document.activeElement as HTMLElement) + step];
  if (!next) return;
  event.preventDefault();
  next.focus();
}
