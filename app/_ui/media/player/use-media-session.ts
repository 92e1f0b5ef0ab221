'use client';

import { useEffect } from 'react';

const backSeconds = 15;
const onSeconds = 30;

/** Lets the keys of a headset and of a locked screen move what plays, under its name. */
export function useMediaSession(audio: HTMLAudioElement, title: string): void {
  useEffect(() => {
    if (!('mediaSession' in navigator)) return;
    const { mediaSession } = navigator;
    const actions: Partial<Record<MediaSessionAction, MediaSessionActionHandler>> = {
      play: () => void audio.play().catch(() => {}),
      pause: () => audio.pause(),
      seekbackward: ({ seekOffset = backSeconds }) => {
        audio.currentTime -= seekOffset;
      },
      seekforward: ({ seekOffset = onSeconds }) => {
        audio.currentTime += seekOffset;
      },
      seekto: ({ seekTime = 0 }) => {
        audio.currentTime = seekTime;
      },
    };
    const setAll = (handlerOf: (action: MediaSessionAction) => MediaSessionActionHandler | null) => {
      for (const action of Object.keys(actions) as MediaSessionAction[]) mediaSession.setActionHandler(action, handlerOf(action));
    };
    mediaSession.metadata = new MediaMetadata({ title });
    setAll((action) => actions[action] ?? null);
    return () => {
      mediaSession.metadata = null;
      setAll(() => null);
    };
  }, [audio, title]);
}
