/** One printed figure. `aim` is what the design asks for; a row without one is there to compare with. */
export type Figure = { what: string; value: string; aim?: Aim };
export type Aim = { text: string; met: boolean };

/** The aim to stay below `limitMs`, and whether `time` does. */
export function under(limitMs: number, time: number): Aim {
  return { text: `under ${limitMs >= 1_000 ? `${limitMs / 1_000} s` : `${limitMs} ms`}`, met: time < limitMs };
}

/** Times in milliseconds. */
export function percentile(times: number[], share: number): number {
  const sorted = times.toSorted((left, right) => left - right);
  return sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))] ?? Number.NaN;
}

export function median(times: number[]): number {
  return percentile(times, 0.5);
}

export function spread(times: number[]): string {
  return `p50 ${milliseconds(median(times))}  p99 ${milliseconds(percentile(times, 0.99))}`;
}

export function milliseconds(time: number): string {
  if (time >= 1_000) return `${(time / 1_000).toFixed(2)} s`;
  return `${time.toFixed(time < 10 ? 2 : 0)} ms`;
}

export async function timed<Result>(work: () => Promise<Result>): Promise<{ result: Result; ms: number }> {
  const startedAt = performance.now();
  const result = await work();
  return { result, ms: performance.now() - startedAt };
}

export async function repeat(times: number, work: (index: number) => Promise<unknown>): Promise<number[]> {
  const measured: number[] = [];
  for (let index = 0; index < times; index += 1) measured.push((await timed(() => work(index))).ms);
  return measured;
}
