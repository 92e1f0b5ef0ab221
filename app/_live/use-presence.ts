'use client';

import { useEffect } from 'react';
import { send } from './request.ts';
import { tellWorker } from './service-worker/ask-worker.ts';

const everyMs = 20_000;
/** Who touched nothing for so long has put the device down. */
const restMs = 120_000;
const signs = ['pointerdown', 'keydown', 'wheel', 'touchmove'] as const;

/** Tells Choir that this device shows the thread to somebody, so that no device is told what they see; and takes its notification away. */
export function usePresence(threadId: string): void {
  useEffect(() => {
    let touchedAt = Date.now();
    let told: string | null = null;
    const touch = () => {
      touchedAt = Date.now();
    };
    const tell = () => {
      const present = !document.hidden && Date.now() - touchedAt < restMs;
      const shown = present ? threadId : null;
      if (shown === null && told === null) return;
      told = shown;
      void say(shown);
      if (present) tellWorker({ type: 'seen', threadId });
    };
    const onVisibility = () => {
      touch();
      tell();
    };
    tell();
    const timer = setInterval(tell, everyMs);
    for (const sign of signs) window.addEventListener(sign, touch, { passive: true });
    document.addEventListener('visibilitychange', onVisibility);
    return () => {
      clearInterval(timer);
      for (const sign of signs) window.removeEventListener(sign, touch);
      document.removeEventListener('visibilitychange', onVisibility);
      if (told) void say(null);
    };
  }, [threadId]);
}

/** `keepalive`: the last word of a page that goes away arrives too. */
async function say(threadId: string | null): Promise<void> {
  await send('/api/notifications/presence', { threadId }, 'PUT', { keepalive: true }).catch(() => {});
}
