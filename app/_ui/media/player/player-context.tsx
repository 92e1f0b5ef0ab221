'use client';

import { createContext, type ReactNode, Suspense, use, useCallback, useEffect, useMemo, useRef, useState } from 'react';
import { lazyPart } from '../../base/lazy-part.ts';

const PlayerBar = lazyPart(async () => (await import('./player-bar.tsx')).PlayerBar);

/** What is listened to. `from`: the page that it was started on. */
export type Track = { src: string; title: string; from: string };

export type Player = {
  track: Track | null;
  /** The one element that plays, wherever one reads; null until there was something to play. */
  audio: HTMLAudioElement | null;
  /** From where it stands, or from the second `at`. */
  play(track: Track, at?: number): void;
  /** Tells whose own view is in sight: what plays there needs no second player at the foot. */
  setInSight(src: string | null): void;
  close(): void;
};

const PlayerContext = createContext<Player | null>(null);

/** One player for the whole house: it goes on while one reads something else. */
export function PlayerProvider({ children }: { children: ReactNode }) {
  const [track, setTrack] = useState<Track | null>(null);
  const [audio, setAudio] = useState<HTMLAudioElement | null>(null);
  const [inSight, setInSight] = useState<string | null>(null);
  const element = useRef<HTMLAudioElement | null>(null);

  const play = useCallback((next: Track, at?: number) => {
    element.current ??= new Audio();
    const playing = element.current;
    setAudio(playing);
    setTrack(next);
    if (playing.src !== new URL(next.src, location.href).href) playing.src = next.src;
    if (at !== undefined) playing.currentTime = at;
    // A browser may want another tap first: the bar with its button stands then.
    playing.play().catch(() => {});
  }, []);
  const close = useCallback(() => {
    element.current?.pause();
    setTrack(null);
  }, []);

  useEffect(() => () => element.current?.pause(), []);
  const isDocked = track !== null && track.src !== inSight;
  useEffect(() => {
    if (!isDocked) return;
    // A style of the whole page costs a look at every element: not before there is something to dock.
    const { dataset } = document.documentElement;
    dataset.docked = '';
    return () => {
      delete dataset.docked;
    };
  }, [isDocked]);

  const player = useMemo(() => ({ track, audio, play, setInSight, close }), [track, audio, play, close]);
  return (
    <PlayerContext value={player}>
      {children}
      <Suspense>{track && audio && <PlayerBar track={track} audio={audio} isDocked={isDocked} onClose={close} />}</Suspense>
    </PlayerContext>
  );
}

export function usePlayer(): Player {
  const player = use(PlayerContext);
  if (!player) throw new Error('A player stands outside of the house.');
  return player;
}
