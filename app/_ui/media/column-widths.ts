const narrowest = 8;
const widest = 40;

/** Widths of columns in characters, by the longest cell of a sample. */
export function columnWidths(sample: readonly (readonly string[])[]): number[] {
  const widths: number[] = (sample[0] ?? []).map(() => narrowest);
  for (const row of sample)
    for (const [column, width] of widths.entries()) widths[column] = Math.max(width, Math.min(widest, (row[column]?.length ?? 0) + 3));
  return widths;
}
