import { endOfDay, localParts } from './local-time.ts';

export type Clock = { now: Date; timeZone: string };

/** `until: null`: no end is said. `unread`: an end is said that is not understood. */
export type UntilReading = { rest: string; until: Date | null; unread?: string };

const days = ['sunday', 'monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday'];
const months = 'jan feb mar apr may jun jul aug sep oct nov dec'.split(' ');
const said =
  /(?:^|[\s,]+)(?:(?:just |only )?(?:until|till|'til|through) (?:the )?(?<end>[^,]+?)|(?:just |only )?for (?:the (?:next |rest of (?:the )?)?)?(?<span>(?:today|tonight|week|month|day|hour|(?:\d+|an?|one|two|three|four|five|six|ten|twelve|24|48) (?:minutes?|hours?|days?|weeks?|months?)))|(?<this>this week|this month|today only|today))(?=$|,|\s+(?:and|but)\s)/i;

/** Takes the end of a rule out of a sentence: "until Friday", "for today", "for the next 2 hours", "until 2026-12-01". A day counts to its end. */
export function readUntil(sentence: string, clock: Clock): UntilReading {
  const found = said.exec(sentence);
  if (!found) return { rest: sentence, until: null };
  const { end, span, this: thisOne } = found.groups ?? {};
  const words = (end ?? span ?? thisOne ?? '').trim().toLowerCase();
  const until = end === undefined ? endOfSpan(words, clock) : endOf(words, clock);
  const rest = `${sentence.slice(0, found.index)} ${sentence.slice(found.index + found[0].length)}`.replace(/^[\s,]+/, '').trim();
  return until && until > clock.now ? { rest, until } : { rest, until: null, unread: found[0].trim() };
}

function endOfSpan(words: string, clock: Clock): Date | null {
  const [, count = '', unit = ''] = /^(\d+|an?|one|two|three|four|five|six|ten|twelve) (minute|hour|day|week|month)s?$/.exec(words) ?? [];
  if (unit) {
    const named: Record<string, number> = { a: 1, an: 1, one: 1, two: 2, three: 3, four: 4, five: 5, six: 6, ten: 10, twelve: 12 };
    const minutes: Record<string, number> = { minute: 1, hour: 60, day: 1440, week: 10_080, month: 43_200 };
    return new Date(clock.now.getTime() + (named[count] ?? Number(count)) * (minutes[unit] ?? 0) * 60_000);
  }
  if (words === 'hour') return new Date(clock.now.getTime() + 3_600_000);
  return endOf(words.replace(/^this /, 'end of ').replace(/^(week|month)$/, 'end of $1'), clock);
}

function endOf(words: string, clock: Clock): Date | null {
  const today = localParts(clock.now, clock.timeZone);
  const inDays = (count: number) => endOfDay({ ...today, day: today.day + count }, clock.timeZone);
  if (/^(?:today|tonight|day|today only|end of (?:the )?day|midnight)$/.test(words)) return inDays(0);
  if (words === 'tomorrow') return inDays(1);
  if (/^(?:end of (?:the )?week|end of this week)$/.test(words)) return inDays((7 - today.weekday) % 7);
  if (/^end of (?:the |this )?month$/.test(words)) return endOfDay({ ...today, month: today.month + 1, day: 0 }, clock.timeZone);
  if (words === 'next week') return inDays(((7 - today.weekday) % 7) + 7);
  const weekday = days.findIndex((day) => new RegExp(`^(?:next |this )?(?:${day}|${day.slice(0, 3)})$`).test(words));
  if (weekday >= 0) return inDays(((weekday - today.weekday + 6) % 7) + 1);
  const [, year, month, day] = /^(\d{4})-(\d{2})-(\d{2})$/.exec(words) ?? [];
  if (year) return endOfDay({ year: Number(year), month: Number(month), day: Number(day) }, clock.timeZone);
  const [, first, name, second] =
    /^(\d{1,2})?(?:st|nd|rd|th)?\.?\s*(?:of )?([a-z]{3})[a-z]*\.?\s*(\d{1,2})?(?:st|nd|rd|th)?$/.exec(words) ?? [];
  const index = months.indexOf(name ?? '');
  const dayOfMonth = Number(first ?? second);
  if (index < 0 || !(dayOfMonth >= 1 && dayOfMonth <= 31)) return null;
  const date = endOfDay({ year: today.year, month: index + 1, day: dayOfMonth }, clock.timeZone);
  return date > clock.now ? date : endOfDay({ year: today.year + 1, month: index + 1, day: dayOfMonth }, clock.timeZone);
}
