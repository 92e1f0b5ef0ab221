export type LocalDay = { year: number; month: number; day: number };

/** The date that the clocks of a time zone (IANA name) show at an instant; months count from 1, weekdays from 0 for Sunday. */
export function localParts(instant: Date, timeZone: string): LocalDay & { weekday: number } {
  const shifted = new Date(instant.getTime() + offsetMs(instant, timeZone));
  return { year: shifted.getUTCFullYear(), month: shifted.getUTCMonth() + 1, day: shifted.getUTCDate(), weekday: shifted.getUTCDay() };
}

/** The last second of a day in a time zone; days and months past their end count on. */
export function endOfDay({ year, month, day }: LocalDay, timeZone: string): Date {
  const wall = Date.UTC(year, month - 1, day, 23, 59, 59);
  const guess = new Date(wall - offsetMs(new Date(wall), timeZone));
  return new Date(wall - offsetMs(guess, timeZone));
}

function offsetMs(instant: Date, timeZone: string): number {
  const format = new Intl.DateTimeFormat('en-US', { timeZone, timeZoneName: 'longOffset' });
  const name = format.formatToParts(instant).find(({ type }) => type === 'timeZoneName')?.value ?? 'GMT';
  const [, sign, hours = '0', minutes = '0'] = /^GMT(?:([+-])(\d{2}):(\d{2}))?/.exec(name) ?? [];
  return (sign === '-' ? -1 : 1) * (Number(hours) * 60 + Number(minutes)) * 60_000;
}
