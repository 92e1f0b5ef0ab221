import { extentOf, type PlacedNode, rowHeight } from './layout-map.ts';
import { labelHeight, labelWidth, leastColumn, type Transform, type Viewport } from './pick-labels.ts';

const widestColumn = 480;
const margin = 24;
const usualZoom = 0.8;
const nearestFirst = 0.9;

/** What the buttons take of the corner at the bottom right, with the gap around them. */
export const tools = { width: 148, height: 60 };

/**
 * Where one begins: with everything in the picture if its names can be read so, and the columns as wide as the screen lets them be. None is under the
 * buttons where there is room above them.
 */
export function firstLook(placed: readonly PlacedNode[], view: Viewport): { column: number; transform: Transform } {
  const { top, bottom, columns } = extentOf(placed);
  const columnPx = Math.max(leastColumn, (view.width - margin) / columns);
  const look = (k: number, y: number) => ({ column: Math.min(widestColumn, columnPx / k), transform: { x: margin, y, k } });
  const within = (height: number) => {
    const fit = (height - 2 * margin) / (bottom - top);
    const k = Math.min(nearestFirst, fit);
    return fit >= labelHeight / rowHeight ? look(k, height / 2 - ((top + bottom) / 2) * k) : null;
  };
  const whole = within(view.height);
  if (!whole) return look(usualZoom, view.height / 2);
  return (isUnderTools(placed, whole.transform, view, whole.column) && within(heightAbove(view))) || whole;
}

/** All of the map, however small; above the buttons where a name would be under them. */
export function wholeMap(placed: readonly PlacedNode[], view: Viewport, column: number): Transform {
  const { top, bottom, columns } = extentOf(placed);
  const within = (height: number) => {
    const k = Math.min(1, (height - 2 * margin) / (bottom - top), (view.width - margin) / (columns * column));
    return { x: margin, y: height / 2 - ((top + bottom) / 2) * k, k };
  };
  const whole = within(view.height);
  return isUnderTools(placed, whole, view, column) ? within(heightAbove(view)) : whole;
}

/** The buttons keep names off the edge as the margin does. */
function heightAbove({ height }: Viewport): number {
  return height - tools.height + margin;
}

function isUnderTools(placed: readonly PlacedNode[], { x: left, y: top, k }: Transform, view: Viewport, column: number): boolean {
  const halfLabel = Math.max(labelHeight, rowHeight * k) / 2;
  return placed.some(
    ({ depth, y }) =>
      y * k + top + halfLabel > view.height - tools.height && depth * column * k + left + labelWidth(k, column) > view.width - tools.width,
  );
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
