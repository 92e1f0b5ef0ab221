'use client';

import { ChevronLeft, ChevronRight } from 'lucide-react';
import { useEffect, useState } from 'react';
import { Button } from '../base/button.tsx';
import { EmptyState } from '../base/empty-state.tsx';
import type { MediaFile } from './media-file.ts';
import { SpeedButton } from './player/speed-button.tsx';
import { usePlayback } from './player/use-playback.ts';

/** Browsers do not tell the frame rate; at this one no frame of the usual rates is skipped. */
const frameSeconds = 1 / 30;

/** A video with captions where a .vtt of the same name lies beside it, and steps of one frame. */
export function VideoView({ file }: { file: MediaFile }) {
  const [video, setVideo] = useState<HTMLVideoElement | null>(null);
  const { rate, at, broken } = usePlayback(video);
  const [src, setSrc] = useState(file.href);
  const [brokenSrc, setBrokenSrc] = useState<string | null>(null);
  const isNewer = file.href !== src;
  const isBegun = at > 0;
  useEffect(() => {
    if (broken) setBrokenSrc(src);
  }, [broken, src]);
  useEffect(() => {
    // Whoever watches is not interrupted.
    if (!isBegun) setSrc(file.href);
  }, [file.href, isBegun]);
  const captions = src.replace(/(path=[^&]*)\.[^.&]+/, '$1.vtt');

  function step(direction: 1 | -1): void {
    if (!video) return;
    video.pause();
    video.currentTime = Math.max(0, video.currentTime + direction * frameSeconds);
  }

  if (brokenSrc === src) return <EmptyState title="This browser cannot play it">Download it to look at it.</EmptyState>;
  const button = 'inline-flex min-h-11 items-center gap-1 rounded-control px-3 text-ink-soft text-sm hover:bg-sunken hover:text-ink';
  return (
    <div>
      <video ref={setVideo} src={src} controls playsInline preload="metadata" className="max-h-[70dvh] w-full bg-black">
        <track kind="captions" src={captions} label="Captions" default />
      </video>
      {isNewer && (
        <div role="status" className="flex items-center gap-2 px-4 py-1 text-sm">
          <p className="min-w-0 flex-1">There is a newer one.</p>
          <Button look="quiet" onClick={() => setSrc(file.href)}>
            Show it
          </Button>
        </div>
      )}
      {video && (
        <div className="flex items-center gap-1 px-2 py-1">
          <button type="button" onClick={() => step(-1)} className={button}>
            <ChevronLeft className="size-4" aria-hidden />
            Frame back
          </button>
          <button type="button" onClick={() => step(1)} className={button}>
            Frame on
            <ChevronRight className="size-4" aria-hidden />
          </button>
          <span className="flex-1" />
          <SpeedButton media={video} rate={rate} />
        </div>
      )}
    </div>
  );
}
