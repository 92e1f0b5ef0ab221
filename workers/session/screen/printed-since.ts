/** The rows of a screen that an earlier screen did not show, as far as it can be told when lines scrolled away in between. Pure. */
export function printedSince(before: string[], now: string[]): string[] {
  const earlier = withoutEmptyEnd(before);
  const rows = withoutEmptyEnd(now);
  for (let scrolled = 0; scrolled < earlier.length; scrolled += 1) {
    const kept = earlier.slice(scrolled);
    // What is typed stands behind the prompt, on the row that was the last one.
    const prompt = kept.length - 1;
    const goesOn = kept.every((row, index) => (index === prompt ? rows[index]?.startsWith(row) : rows[index] === row));
    if (!goesOn) continue;
    return rows.slice(rows[prompt] === kept[prompt] ? prompt + 1 : prompt);
  }
  return rows;
}

function withoutEmptyEnd(rows: string[]): string[] {
  return rows.slice(0, rows.findLastIndex((row) => row.trimEnd() !== '') + 1);
}
