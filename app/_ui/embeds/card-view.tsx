'use client';

import { Rss } from 'lucide-react';
import type { Card } from '#lib/embeds/read-card.ts';
import { Button } from '../base/button.tsx';
import { HostileText } from '../base/hostile-text.tsx';
import type { FeedCard, MediaCard, PageCard } from './card.ts';
import { EpisodeList } from './episode-list.tsx';
import { youtubeVideo } from './links-in.ts';
import { PlaySound } from './play-sound.tsx';
import { YoutubePlayer } from './youtube-player.tsx';

/** What is at an address, in Choir's own look. `onOpen` looks at another address in its place. */
export function CardView({ card, link, onOpen }: { card: Card; link: string; onOpen(url: string): void }) {
  return (
    <article className="contained overflow-clip rounded-card border border-line bg-raised">
      {card.kind === 'page' && <PageView card={card} link={link} onOpen={onOpen} />}
      {card.kind === 'feed' && <FeedView card={card} />}
      {(card.kind === 'audio' || card.kind === 'image' || card.kind === 'other') && <FileView card={card} />}
    </article>
  );
}

function PageView({ card, link, onOpen }: { card: PageCard; link: string; onOpen(url: string): void }) {
  const video = youtubeVideo(link) ?? youtubeVideo(card.url);
  const { feed } = card;
  return (
    <>
      {video ? <YoutubePlayer videoId={video} picture={card.image} title={card.title} /> : card.image && <Picture src={card.image} />}
      <Words card={card} about={card.description} />
      {feed && (
        <div className="px-2 pb-2">
          <Button look="quiet" onClick={() => onOpen(feed)}>
            <Rss className="size-4" aria-hidden />
            Its feed
          </Button>
        </div>
      )}
    </>
  );
}

function FeedView({ card }: { card: FeedCard }) {
  return (
    <>
      <div className="flex">
        {/* biome-ignore lint/performance/noImgElement: a data URL */}
        {card.image && <img src={card.image} alt="" className="m-3 mr-0 size-20 rounded-lg object-cover" />}
        <Words card={card} about={card.description} />
      </div>
      <EpisodeList episodes={card.episodes} />
    </>
  );
}

function FileView({ card }: { card: MediaCard }) {
  return (
    <>
      <Words card={card} about={card.kind === 'other' ? 'A file.' : card.kind === 'image' ? 'A picture.' : 'A sound.'} />
      {card.kind === 'audio' && (
        <div className="px-4 pb-3">
          <PlaySound src={card.url} title={card.title} />
        </div>
      )}
    </>
  );
}

function Picture({ src }: { src: string }) {
  // biome-ignore lint/performance/noImgElement: a data URL
  return <img src={src} alt="" className="max-h-60 w-full object-cover" />;
}

function Words({ card, about }: { card: Card; about: string }) {
  return (
    <a href={card.url} target="_blank" rel="noopener noreferrer nofollow" className="block min-w-0 flex-1 px-4 py-3 hover:bg-sunken">
      <span className="block text-ink-soft text-xs">
        <HostileText text={card.site} />
      </span>
      <span className="line-clamp-2 font-medium text-[0.9375rem]">
        <HostileText text={card.title} />
      </span>
      {about && (
        <span className="line-clamp-2 text-ink-soft text-sm">
          <HostileText text={about} />
        </span>
      )}
    </a>
  );
}
