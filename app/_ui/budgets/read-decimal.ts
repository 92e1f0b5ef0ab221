/** A number as people and phones write it, with a point or a comma; NaN for anything else. */
export function readDecimal(text: string): number {
  return text.trim() === '' ? Number.NaN : Number(text.replace(',', '.'));
}
