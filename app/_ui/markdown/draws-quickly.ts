const mostCharacters = 8_000;
const mostStatements = 150;
/** Of these kinds, how much all numbers of a source may ask for: 27 characters can want a hundred million boxes. A kind may stand behind a directive. */
const counting = [
  { kind: /(?:^|%%)\s*block/m, mostCounted: 500 },
  { kind: /(?:^|%%)\s*packet/m, mostCounted: 20_000 },
];

/**
 * Whether a diagram can be drawn in a moment. It is drawn by the page itself, as soon as somebody sees it: what an agent makes to hold the page up stands
 * there as it was written.
 */
export function drawsQuickly(source: string): boolean {
  if (source.length > mostCharacters || source.split(/[\n;]/).length > mostStatements) return false;
  const counted = (source.match(/\d+/g) ?? []).reduce((sum, digits) => sum + Number(digits), 0);
  return counting.every(({ kind, mostCounted }) => counted <= mostCounted || !kind.test(source));
}
