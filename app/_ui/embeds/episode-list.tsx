'use client';

import { useState } from 'react';
import type { Episode } from '#lib/embeds/read-feed.ts';
import { Button } from '../base/button.tsx';
import { HostileText } from '../base/hostile-text.tsx';
import { Ago } from '../base/moment.tsx';
import { PlaySound } from './play-sound.tsx';

const shownAtFirst = 5;

export function EpisodeList({ episodes }: { episodes: Episode[] }) {
  const [all, setAll] = useState(false);
  const shown = all ? episodes : episodes.slice(0, shownAtFirst);
  return (
    <>
      <ul className="divide-y divide-line border-line border-t">
        {shown.map((episode, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: entries are their places in the feed
          <li key={index} className="flex items-center gap-2 px-4 py-2">
            <span className="min-w-0 flex-1 text-sm">
              <EpisodeTitle episode={episode} />
              {episode.at && (
                <span className="block text-ink-soft text-xs">
                  <Ago at={episode.at} />
                </span>
              )}
            </span>
            {episode.audio && <PlaySound src={episode.audio} title={episode.title} />}
          </li>
        ))}
      </ul>
      {episodes.length > shown.length && (
        <Button look="quiet" onClick={() => setAll(true)} className="w-full">
          {episodes.length - shown.length} more
        </Button>
      )}
    </>
  );
}

function EpisodeTitle({ episode: { title, link } }: { episode: Episode }) {
  const words = <HostileText text={title || 'Without a title'} />;
  if (!link) return <span className="line-clamp-2">{words}</span>;
  return (
    <a href={link} target="_blank" rel="noopener noreferrer nofollow" className="line-clamp-2 hover:underline">
      {words}
    </a>
  );
}
