import { type PlacedNode, rowHeight } from './layout-map.ts';

/** What a screen shows of the plane: `x` and `y` are where the plane's origin lies on it, in pixels; `k` pixels are one of the plane's. */
export type Transform = { x: number; y: number; k: number };
export type Viewport = { width: number; height: number };

/** Height that a name takes at least. */
export const labelHeight = 26;
const leastWidth = 104;
/** What a name leaves free of its column: the dot, and a gap before the next one. */
const besideName = 18;
const mostLabels = 160;
/** Pixels that a column takes at least, so that its names can be read. */
export const leastColumn = leastWidth + besideName;

/** Every name has its own place from this zoom on; further out as many are named as there is room for. */
function closeZoom(column: number): number {
  return Math.max(leastColumn / column, labelHeight / rowHeight);
}

export function labelWidth(k: number, column: number): number {
  return Math.max(leastWidth, column * k - besideName);
}

/** `column`: the width of one on the plane. */
type PickLabels = { placed: readonly PlacedNode[]; transform: Transform; view: Viewport; column: number; active: string | null };

/** The nodes that are named at this zoom, none over another: where not all have room, `active` and those with most below them. */
export function pickLabels({ placed, transform, view, column, active }: PickLabels): PlacedNode[] {
  const seen = placed.filter((node) => isInView(node, transform, view, column));
  if (transform.k >= closeZoom(column)) return seen.slice(0, mostLabels);
  const ranked = seen.sort((left, right) => rank(right, active) - rank(left, active));
  const width = labelWidth(transform.k, column);
  const picked: PlacedNode[] = [];
  for (const candidate of ranked) {
    if (picked.length >= mostLabels) break;
    const isApart = (other: PlacedNode) =>
      Math.abs(other.depth - candidate.depth) * column * transform.k >= width ||
      Math.abs(other.y - candidate.y) * transform.k >= labelHeight;
    if (picked.every(isApart)) picked.push(candidate);
  }
  return picked.sort((left, right) => left.y - right.y);
}

function rank({ node }: PlacedNode, active: string | null): number {
  return node.id === active ? Number.POSITIVE_INFINITY : node.files + (node.changed > 0 ? 1_000_000 : 0);
}

export function isInView({ depth, y }: PlacedNode, transform: Transform, { width, height }: Viewport, column: number): boolean {
  const left = depth * column * transform.k + transform.x;
  const top = y * transform.k + transform.y;
  return left > -labelWidth(transform.k, column) && left < width && top > -labelHeight && top < height + labelHeight;
}
