'use client';

import { Play } from 'lucide-react';
import { useState } from 'react';

/** A video that YouTube shows. Its frame, and with it YouTube, comes only when the person presses play. */
export function YoutubePlayer({ videoId, picture, title }: { videoId: string; picture: string | null; title: string }) {
  const [playing, setPlaying] = useState(false);
  if (playing)
    return (
      <iframe
        title={title}
        src={`https://www.youtube-nocookie.com/embed/${videoId}?autoplay=1`}
        sandbox="allow-scripts allow-same-origin allow-presentation"
        allow="autoplay; encrypted-media; fullscreen; picture-in-picture"
        allowFullScreen
        // YouTube plays for no page that does not say where it is.
        referrerPolicy="strict-origin-when-cross-origin"
        className="aspect-video w-full"
      />
    );
  return (
    <button
      type="button"
      onClick={() => setPlaying(true)}
      aria-label={`Play: ${title}`}
      className="relative block aspect-video w-full bg-sunken"
    >
      {/* biome-ignore lint/performance/noImgElement: a data URL */}
      {picture && <img src={picture} alt="" className="h-full w-full object-cover" />}
      <span className="absolute inset-0 flex items-center justify-center">
        <span className="flex size-16 items-center justify-center rounded-full bg-raised/90 shadow-md">
          <Play className="size-7 text-accent" aria-hidden />
        </span>
      </span>
    </button>
  );
}
