'use client';

import { useEffect, useState } from 'react';
import { requestJson } from './request.ts';
import type { ThreadRow } from './thread-row.ts';
import { useWire } from './wire-context.tsx';

const settleMs = 250;

/** The workspace's threads, read again shortly after any of them changed. */
export function useThreadList(initial: ThreadRow[]): ThreadRow[] {
  const [rows, setRows] = useState(initial);
  const wire = useWire();

  useEffect(() => {
    if (!wire) return;
    let timer: ReturnType<typeof setTimeout> | undefined;
    const reading = new AbortController();
    const read = async () => {
      timer = undefined;
      try {
        setRows((await requestJson<{ threads: ThreadRow[] }>('/api/threads', { signal: reading.signal })).threads);
      } catch {
        // The list stays as it is; the next change or reconnect reads it again.
      }
    };
    const readSoon = () => {
      timer ??= setTimeout(read, settleMs);
    };
    const stop = wire.followAll(readSoon);
    const readWhenSeen = () => {
      if (!document.hidden) readSoon();
    };
    document.addEventListener('visibilitychange', readWhenSeen);
    return () => {
      stop();
      clearTimeout(timer);
      reading.abort();
      document.removeEventListener('visibilitychange', readWhenSeen);
    };
  }, [wire]);

  return rows;
}
