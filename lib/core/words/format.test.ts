import { expect, it } from 'vitest';
import { formatAgo, formatBytes, formatCount, formatDuration, formatMoment, shortCount } from './format.ts';

it('formats a duration by its size', () => {
  expect([12, 1_204, 14_600, 95_000, 3_900_000].map(formatDuration)).toEqual(['12 ms', '1.2 s', '15 s', '1 min 35 s', '1 h 5 min']);
  expect([59_700, 119_700].map(formatDuration)).toEqual(['1 min', '2 min']);
});

it('formats bytes by their size', () => {
  expect([999, 1_500, 48_256, 182_000_000, 5_100_000_000].map(formatBytes)).toEqual(['999 B', '1.5 kB', '48 kB', '182 MB', '5.1 GB']);
});

it('shortens a large count', () => {
  expect([1, 999, 1_500, 25_600, 1_240_000].map(shortCount)).toEqual(['1', '999', '1.5k', '26k', '1.2M']);
});

it('counts one and several', () => {
  expect([0, 1, 2].map((count) => formatCount(count, 'file'))).toEqual(['0 files', '1 file', '2 files']);
});

it('says how long ago in the largest unit that fits', () => {
  const now = Date.parse('2026-01-08T12:00:00Z');
  const ago = (minutes: number) => formatAgo(now - minutes * 60_000, now);
  expect([ago(0), ago(5), ago(130), ago(60 * 24 * 3), ago(60 * 24 * 30)]).toEqual(['now', '5 min', '2 h', '3 d', '9 Dec']);
});

it('says an instant whole, in the zone of this machine', () => {
  expect(formatMoment('2026-11-03T09:05:59.000Z')).toBe('3 Nov 2026, 09:05');
});
