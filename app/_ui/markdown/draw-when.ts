/** A graph of thirty lines takes about 100 ms, and one of a hundred some seconds on a phone. */
const atOnce = { characters: 2_000, statements: 30 };
const most = { characters: 8_000, statements: 150 };
/** Of these kinds, how much all numbers of a source may ask for: 27 characters can want a hundred million boxes. A kind may stand behind a directive. */
const counting = [
  { kind: /(?:^|%%)\s*block/m, mostCounted: 500 },
  { kind: /(?:^|%%)\s*packet/m, mostCounted: 20_000 },
];

/**
 * When a diagram is drawn: the page does so itself, and stands still meanwhile. A small one is as soon as somebody sees it, a larger one when they ask;
 * what an agent makes to hold the page up stands there as it was written.
 */
export function drawWhen(source: string): 'at-once' | 'asked' | 'never' {
  const { length: characters } = source;
  const { length: statements } = source.split(/[\n;]/);
  const isWithin = (bounds: typeof most) => characters <= bounds.characters && statements <= bounds.statements;
  const counted = (source.match(/\d+/g) ?? []).reduce((sum, digits) => sum + Number(digits), 0);
  if (!isWithin(most) || counting.some(({ kind, mostCounted }) => counted > mostCounted && kind.test(source))) return 'never';
  return isWithin(atOnce) ? 'at-once' : 'asked';
}
