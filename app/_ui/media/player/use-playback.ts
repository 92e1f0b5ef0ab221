'use client';

import { useSyncExternalStore } from 'react';

const events = ['play', 'pause', 'timeupdate', 'durationchange', 'ratechange', 'error', 'emptied'] as const;

export type Playback = { playing: boolean; at: number; duration: number; rate: number; broken: boolean };

/** How a media element stands, in seconds. */
export function usePlayback(media: HTMLMediaElement | null): Playback {
  const state = useSyncExternalStore(
    (listener) => {
      for (const event of events) media?.addEventListener(event, listener);
      return () => {
        for (const event of events) media?.removeEventListener(event, listener);
      };
    },
    () => (media ? [media.paused ? 0 : 1, media.currentTime, media.duration || 0, media.playbackRate, media.error ? 1 : 0].join(' ') : ''),
    () => '',
  );
  const [playing = 0, at = 0, duration = 0, rate = 1, broken = 0] = state === '' ? [] : state.split(' ').map(Number);
  return { playing: playing === 1, at, duration: Number.isFinite(duration) ? duration : 0, rate, broken: broken === 1 };
}

export function formatPosition(at: number, duration: number): string {
  return `${formatTime(at)}${duration > 0 ? ` of ${formatTime(duration)}` : ''}`;
}

function formatTime(seconds: number): string {
  const whole = Math.floor(seconds);
  const hours = Math.floor(whole / 3600);
  const minutes = Math.floor((whole % 3600) / 60);
  return `${hours > 0 ? `${hours}:${String(minutes).padStart(2, '0')}` : minutes}:${String(whole % 60).padStart(2, '0')}`;
}
