import { hierarchy, tree } from 'd3-hierarchy';
import { childrenOf, type MapNode, type SymbolsOf } from './map-tree.ts';

export const rowHeight = 56;

/** A node at its place on the map's plane: `depth` is its column, from the left, `y` grows down. */
export type PlacedNode = { node: MapNode; y: number; depth: number; parent: PlacedNode | null; isOpen: boolean };

/** Every node that is not inside something closed, at its place, in the order in which one reads them: a node, then all below it. */
export function layoutMap(root: MapNode, open: ReadonlySet<string>, symbols: SymbolsOf): PlacedNode[] {
  const isOpen = (node: MapNode) => node.kind === 'symbol' || open.has(node.id);
  const laid = tree<MapNode>()
    .nodeSize([rowHeight, 1])
    .separation(() => 1)(hierarchy(root, (node) => (isOpen(node) ? childrenOf(node, symbols) : [])));
  const placed = new Map<unknown, PlacedNode>();
  laid.eachBefore((point) => {
    const parent = point.parent ? (placed.get(point.parent) ?? null) : null;
    placed.set(point, {
      node: point.data,
      y: point.x,
      depth: point.depth,
      parent,
      isOpen: isOpen(point.data) && point.children !== undefined,
    });
  });
  return [...placed.values()];
}

export function extentOf(placed: readonly PlacedNode[]): { top: number; bottom: number; columns: number } {
  let [top, bottom, columns] = [0, 0, 1];
  for (const { depth, y } of placed) {
    top = Math.min(top, y);
    bottom = Math.max(bottom, y);
    columns = Math.max(columns, depth + 1);
  }
  return { top: top - rowHeight / 2, bottom: bottom + rowHeight / 2, columns };
}
