'use client';

import { useEffect, useState } from 'react';
import type { Activity } from '#lib/activity/get-activity.ts';
import { requestJson } from '../../_live/request.ts';
import { useWire } from '../../_live/wire/wire-context.tsx';

const settleMs = 1_000;

/** The activity of the workspace, read again when anything happened, at most once a second. */
export function useActivity(initial: Activity, days: number): Activity {
  const [activity, setActivity] = useState(initial);
  const wire = useWire();

  useEffect(() => {
    if (!wire) return;
    const reading = new AbortController();
    let timer: ReturnType<typeof setTimeout> | undefined;
    const read = async () => {
      timer = undefined;
      try {
        setActivity(await requestJson<Activity>(`/api/activity?days=${days}`, { signal: reading.signal }));
      } catch {
        // What stands stays; the next event reads it again.
      }
    };
    const stop = wire.followAll(() => {
      timer ??= setTimeout(read, settleMs);
    });
    return () => {
      stop();
      clearTimeout(timer);
      reading.abort();
    };
  }, [wire, days]);

  return activity;
}
