import { columnWidth, type PlacedNode, rowHeight } from './layout-map.ts';

/** What a screen shows of the plane: `x` and `y` are where the plane's origin lies on it, in pixels; `k` pixels are one of the plane's. */
export type Transform = { x: number; y: number; k: number };
export type Viewport = { width: number; height: number };

/** Height that a name takes, and the least that lies between two of them. */
export const labelHeight = 26;
const mostLabels = 160;
/** Names of files and symbols are told apart from here on; further out only folders have names. */
const fileZoom = labelHeight / rowHeight;

/** The nodes that are named at this zoom: none over another, the larger ones first, `active` always. */
export function pickLabels(placed: readonly PlacedNode[], { x, y, k }: Transform, view: Viewport, active: string | null): PlacedNode[] {
  const seen = placed.filter((node) => isInView(node, { x, y, k }, view));
  const close = k >= fileZoom;
  const ranked = close
    ? seen
    : seen
        .filter(({ node }) => node.kind === 'folder' || node.kind === 'project' || node.id === active)
        .sort((left, right) => rank(right, active) - rank(left, active));
  const picked: PlacedNode[] = [];
  const taken = new Map<number, number[]>();
  for (const candidate of ranked) {
    if (picked.length >= mostLabels) break;
    const at = candidate.y * k + y;
    const column = taken.get(candidate.depth) ?? [];
    if (!close && column.some((other) => Math.abs(other - at) < labelHeight)) continue;
    column.push(at);
    taken.set(candidate.depth, column);
    picked.push(candidate);
  }
  return close ? picked : picked.sort((left, right) => left.y - right.y);
}

function rank({ node }: PlacedNode, active: string | null): number {
  return node.id === active ? Number.POSITIVE_INFINITY : node.files + (node.changed > 0 ? 1_000_000 : 0);
}

export function isInView({ x, y }: PlacedNode, transform: Transform, { width, height }: Viewport): boolean {
  const left = x * transform.k + transform.x;
  const top = y * transform.k + transform.y;
  return left > -columnWidth && left < width && top > -labelHeight && top < height + labelHeight;
}
