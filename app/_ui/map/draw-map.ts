import type { PlacedNode } from './layout-map.ts';
import type { Transform, Viewport } from './pick-labels.ts';

export type MapColours = { link: string; dot: string; file: string; changed: string; glow: string };

const colourNames = { link: '--line', dot: '--ink', file: '--line-strong', changed: '--good', glow: '--good' } as const;

/** The map's colours as the theme has them now: a canvas knows no variables. */
export function readColours(element: HTMLElement): MapColours {
  const probe = document.createElement('span');
  element.append(probe);
  const entries = Object.entries(colourNames).map(([name, variable]) => {
    probe.style.color = `var(${variable})`;
    return [name, getComputedStyle(probe).color];
  });
  probe.remove();
  return Object.fromEntries(entries) as MapColours;
}

type DrawMap = {
  context: CanvasRenderingContext2D;
  placed: readonly PlacedNode[];
  transform: Transform;
  view: Viewport;
  column: number;
  colours: MapColours;
};

/** Lines and dots of what is in view; names are HTML above them. */
export function drawMap({ context, placed, transform: { x, y, k }, view, column, colours }: DrawMap): void {
  const ratio = window.devicePixelRatio || 1;
  context.setTransform(ratio, 0, 0, ratio, 0, 0);
  context.clearRect(0, 0, view.width, view.height);
  const px = (node: PlacedNode) => node.depth * column * k + x;
  const py = (node: PlacedNode) => node.y * k + y;

  context.strokeStyle = colours.link;
  context.lineWidth = Math.min(1.5, Math.max(0.5, k * 1.5));
  context.beginPath();
  for (const node of placed) {
    if (!node.parent) continue;
    const [fromX, fromY, toX, toY] = [px(node.parent), py(node.parent), px(node), py(node)];
    if (Math.max(fromY, toY) < 0 || Math.min(fromY, toY) > view.height || toX < 0 || fromX > view.width) continue;
    const bend = fromX + (toX - fromX) * 0.75;
    context.moveTo(fromX, fromY);
    context.bezierCurveTo(bend, fromY, bend, toY, toX, toY);
  }
  context.stroke();

  for (const { fill, radius, wanted, alpha } of [
    { fill: colours.glow, radius: 9, alpha: 0.22, wanted: (node: PlacedNode) => node.node.changed > 0 },
    { fill: colours.file, radius: 3, alpha: 1, wanted: (node: PlacedNode) => node.node.changed === 0 && node.node.children.length === 0 },
    { fill: colours.dot, radius: 4, alpha: 1, wanted: (node: PlacedNode) => node.node.changed === 0 && node.node.children.length > 0 },
    { fill: colours.changed, radius: 4, alpha: 1, wanted: (node: PlacedNode) => node.node.changed > 0 },
  ]) {
    const size = Math.max(0.8, Math.min(radius, radius * k * 1.4));
    context.fillStyle = fill;
    context.globalAlpha = alpha;
    context.beginPath();
    for (const node of placed) {
      const [atX, atY] = [px(node), py(node)];
      if (!wanted(node) || atX < -radius || atX > view.width + radius || atY < -radius || atY > view.height + radius) continue;
      context.moveTo(atX + size, atY);
      context.arc(atX, atY, size, 0, 2 * Math.PI);
    }
    context.fill();
  }
  context.globalAlpha = 1;
}
