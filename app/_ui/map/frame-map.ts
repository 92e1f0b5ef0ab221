import { extentOf, type PlacedNode, rowHeight } from './layout-map.ts';
import { labelHeight, leastColumn, type Transform, type Viewport } from './pick-labels.ts';

const widestColumn = 480;
const margin = 24;
const usualZoom = 0.8;
const nearestFirst = 0.9;

/** Where one begins: with everything in the picture if its names can be read so, and the columns as wide as the screen lets them be. */
export function firstLook(placed: readonly PlacedNode[], view: Viewport): { column: number; transform: Transform } {
  const { top, bottom, columns } = extentOf(placed);
  const fit = (view.height - 2 * margin) / (bottom - top);
  const fits = fit >= labelHeight / rowHeight;
  const k = fits ? Math.min(nearestFirst, fit) : usualZoom;
  const column = Math.min(widestColumn, Math.max(leastColumn, (view.width - margin) / columns) / k);
  return { column, transform: { x: margin, y: view.height / 2 - (fits ? ((top + bottom) / 2) * k : 0), k } };
}

/** All of the map, however small. */
export function wholeMap(placed: readonly PlacedNode[], view: Viewport, column: number): Transform {
  const { top, bottom, columns } = extentOf(placed);
  const k = Math.min(1, (view.height - 2 * margin) / (bottom - top), (view.width - margin) / (columns * column));
  return { x: margin, y: view.height / 2 - ((top + bottom) / 2) * k, k };
}

/** The least move that brings a node into the picture. */
export function inSight({ depth, y }: PlacedNode, { x: left, y: top, k }: Transform, view: Viewport, column: number): Transform {
  const within = (at: number, from: number, to: number) => Math.min(Math.max(at, from), to);
  const atX = depth * column * k + left;
  const atY = y * k + top;
  return {
    x: left + within(atX, margin, Math.max(margin, view.width - column * k)) - atX,
    y: top + within(atY, 2 * margin, view.height - 2 * margin) - atY,
    k,
  };
}
