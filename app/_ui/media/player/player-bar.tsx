'use client';

import { Pause, Play, X } from 'lucide-react';
import Link from 'next/link';
import { HostileText } from '../../base/hostile-text.tsx';
import type { Track } from './player-context.tsx';
import { PositionSlider } from './position-slider.tsx';
import { SpeedButton } from './speed-button.tsx';
import { useMediaSession } from './use-media-session.ts';
import { formatPosition, usePlayback } from './use-playback.ts';

type PlayerBarProps = { track: Track; audio: HTMLAudioElement; isDocked: boolean; onClose(): void };

/** What plays, at the foot of every room but its own. The keys of a headset move it everywhere. */
export function PlayerBar({ track, audio, isDocked, onClose }: PlayerBarProps) {
  const { playing, at, duration, rate, broken } = usePlayback(audio);
  useMediaSession(audio, track.title);
  if (!isDocked) return null;
  const time = formatPosition(at, duration);
  const button = 'inline-flex size-11 shrink-0 items-center justify-center rounded-control hover:bg-sunken';
  return (
    <section
      aria-label="Player"
      className="fixed inset-x-0 bottom-0 z-20 flex h-(--dock) items-center gap-1 border-line border-t bg-raised px-1.5 pt-2.5 pb-[env(safe-area-inset-bottom)]"
    >
      <PositionSlider media={audio} at={at} duration={duration} className="inset-x-0 -top-1 h-6 accent-accent" />
      <button
        type="button"
        aria-label={playing ? 'Pause' : 'Play'}
        onClick={() => (playing ? audio.pause() : void audio.play().catch(() => {}))}
        className={button}
      >
        {playing ? <Pause className="size-5" aria-hidden /> : <Play className="size-5" aria-hidden />}
      </button>
      <Link href={track.from} className="contained min-w-0 flex-1 py-2">
        <span className="block truncate font-medium text-sm">
          <HostileText text={track.title} />
        </span>
        <span className="tabular block truncate text-ink-soft text-xs">{broken ? 'This cannot be played.' : time}</span>
      </Link>
      <SpeedButton media={audio} rate={rate} />
      <button type="button" aria-label="Close the player" onClick={onClose} className={button}>
        <X className="size-5" aria-hidden />
      </button>
    </section>
  );
}
