import type { QuietHours } from '#lib/core/notification.ts';

const minuteMs = 60_000;
const longestMinutes = 25 * 60;

/** When the quiet hours that hold at `now` end, to the minute; null outside of them. The clock is the zone's own, over its changes too. */
export function quietUntil(quiet: QuietHours | null, now: Date): Date | null {
  if (!quiet) return null;
  const clock = new Intl.DateTimeFormat('en-GB', { timeZone: quiet.timeZone, hour: '2-digit', minute: '2-digit', hourCycle: 'h23' });
  if (!holds(quiet, clock.format(now))) return null;
  // Clocks jump, so the end is looked for, minute by minute, and not computed: 1-3 ms.
  const minute = Math.floor(now.getTime() / minuteMs);
  let ahead = 1;
  while (ahead < longestMinutes && holds(quiet, clock.format((minute + ahead) * minuteMs))) ahead += 1;
  return new Date((minute + ahead) * minuteMs);
}

function holds({ from, to }: QuietHours, clock: string): boolean {
  return from < to ? clock >= from && clock < to : clock >= from || clock < to;
}
