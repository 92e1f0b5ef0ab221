import fc from 'fast-check';
import { expect, test } from 'vitest';
import { quietUntil } from './quiet-hours.ts';

const night = { from: '22:00', to: '07:00', timeZone: 'Europe/Berlin' };
const until = (quiet: typeof night, now: string) => quietUntil(quiet, new Date(now))?.toISOString() ?? null;

test('quiet hours run over midnight on the clock of their zone', () => {
  expect(until(night, '2026-07-01T20:30:00Z')).toBe('2026-07-02T05:00:00.000Z');
  expect(until(night, '2026-07-02T04:59:30Z')).toBe('2026-07-02T05:00:00.000Z');
  expect(until(night, '2026-07-02T05:00:00Z')).toBeNull();
  expect(until(night, '2026-07-01T19:59:00Z')).toBeNull();
});

test('they end by the clock in the nights when it is changed', () => {
  expect(until(night, '2026-03-28T22:00:00Z')).toBe('2026-03-29T05:00:00.000Z');
  expect(until(night, '2026-10-24T21:00:00Z')).toBe('2026-10-25T06:00:00.000Z');
});

test('they may lie within one day, and none is never quiet', () => {
  expect(until({ from: '13:00', to: '13:05', timeZone: 'Asia/Kathmandu' }, '2026-01-01T07:16:20Z')).toBe('2026-01-01T07:20:00.000Z');
  expect(quietUntil(null, new Date())).toBeNull();
});

test('the end is never quiet, and everything before it is', () => {
  const clock = fc
    .tuple(fc.integer({ min: 0, max: 23 }), fc.integer({ min: 0, max: 59 }))
    .map((parts) => parts.map((part) => String(part).padStart(2, '0')).join(':'));
  const zone = fc.constantFrom('UTC', 'America/New_York', 'Australia/Lord_Howe', 'Pacific/Apia');
  const day = fc.date({ min: new Date('2026-01-01'), max: new Date('2026-12-31'), noInvalidDate: true });
  fc.assert(
    fc.property(clock, clock, zone, day, (from, to, timeZone, now) => {
      fc.pre(from !== to);
      const end = quietUntil({ from, to, timeZone }, now);
      if (!end) return;
      expect(end.getTime()).toBeGreaterThan(now.getTime());
      expect(quietUntil({ from, to, timeZone }, new Date(end.getTime() - 1))).not.toBeNull();
    }),
    { numRuns: 200 },
  );
});
