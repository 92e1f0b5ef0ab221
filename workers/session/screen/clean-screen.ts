import { hideRunTokens } from '#lib/core/storable.ts';

const screenLimit = 20_000;

/** A hostile screen as a person may be shown it and an approval can pin it: no control or format characters, no empty end, at most 20,000 characters. */
export function cleanScreen(rows: string[]): string {
  const text = rows.map(cleanRow).join('\n').trimEnd();
  return hideRunTokens(text.slice(0, screenLimit).toWellFormed());
}

function cleanRow(row: string): string {
  return row.replaceAll(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu, '').trimEnd();
}
