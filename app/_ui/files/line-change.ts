import type { LineChange } from '#lib/files/read-line-changes.ts';

export function changeAt(changes: readonly LineChange[], line: number): LineChange | null {
  return changes.find(({ from, to }) => line >= from && line <= to) ?? null;
}

/** `#L10` or `#L10-20` of an address; null for anything else. */
export function readLineHash(hash: string): { from: number; to: number } | null {
  const [, first, last] = /^#L(\d{1,7})(?:-L?(\d{1,7}))?$/.exec(hash) ?? [];
  if (first === undefined) return null;
  const [from, to] = [Number(first), Number(last ?? first)];
  return from < 1 ? null : { from: Math.min(from, to), to: Math.max(from, to) };
}

export function lineHash({ from, to }: { from: number; to: number }): string {
  return from === to ? `#L${from}` : `#L${from}-${to}`;
}
