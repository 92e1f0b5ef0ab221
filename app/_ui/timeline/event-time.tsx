'use client';

import { useSyncExternalStore } from 'react';

const never = () => () => {};

/** Whether this is a device, which knows its zone; a server does not. */
function useIsDevice(): boolean {
  return useSyncExternalStore(
    never,
    () => true,
    () => false,
  );
}

export function ClockSeconds({ at }: { at: string }) {
  const isDevice = useIsDevice();
  return (
    <time dateTime={at} className="tabular">
      {isDevice ? new Date(at).toLocaleTimeString('en-GB') : ''}
    </time>
  );
}

function dayOf(at: string): string {
  return new Date(at).toLocaleDateString('en-GB', { weekday: 'long', day: 'numeric', month: 'long', year: 'numeric' });
}

/** The day of an event, where it is another one than that of the event before. */
export function DayLine({ at, before }: { at: string; before: string | undefined }) {
  const isDevice = useIsDevice();
  if (!isDevice) return null;
  const day = dayOf(at);
  if (before !== undefined && dayOf(before) === day) return null;
  return <h2 className="border-line border-b px-4 pt-5 pb-2 font-semibold text-sm">{day}</h2>;
}
