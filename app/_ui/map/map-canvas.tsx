'use client';

import { Maximize, Minus, Plus } from 'lucide-react';
import { type KeyboardEvent, useEffect, useLayoutEffect, useMemo, useRef, useState } from 'react';
import { watchTheme } from '../theme.ts';
import { drawMap, type MapColours, readColours } from './draw-map.ts';
import { firstLook, inSight, wholeMap } from './frame-map.ts';
import { type PlacedNode, rowHeight } from './layout-map.ts';
import { canOpen, keyTarget, MapNodeName, OpenSign } from './map-node.tsx';
import { labelHeight, labelWidth, pickLabels, type Transform } from './pick-labels.ts';
import type { ProjectMap } from './use-map.ts';
import { useZoom, zoomStep } from './use-zoom.ts';

export type MapFaceProps = { map: ProjectMap; onFile(node: PlacedNode['node']): void; onOpen(node: PlacedNode['node']): void };

/** Width of a name beside which there is room for the sign that its file opens. */
const roomForSign = 140;
const tool = 'inline-flex size-11 items-center justify-center text-ink-soft hover:bg-sunken hover:text-ink';

/** The map as a picture to move in: lines and dots on a canvas, names above it that are the tree for the keyboard and for screen readers. */
export function MapCanvas({ map, onFile, onOpen }: MapFaceProps) {
  const { placed, symbols } = map;
  const box = useRef<HTMLDivElement>(null);
  const canvas = useRef<HTMLCanvasElement>(null);
  const { transform, view, by, to } = useZoom(box);
  const [column, setColumn] = useState(1);
  const [active, setActive] = useState('');
  const followsKeys = useRef(false);
  const isPlaced = useRef(false);
  const opened = useRef<PlacedNode | null>(null);
  const colours = useColours(box);
  const labels = useMemo(() => pickLabels({ placed, transform, view, column, active }), [placed, transform, view, column, active]);
  const focusable = labels.some(({ node }) => node.id === active) ? active : labels[0]?.node.id;

  useLayoutEffect(() => {
    if (view.width === 0 || isPlaced.current) return;
    isPlaced.current = true;
    const first = firstLook(placed, view);
    setColumn(first.column);
    to(first.transform);
  }, [placed, view, to]);

  useLayoutEffect(() => {
    const context = canvas.current?.getContext('2d');
    if (context && colours && view.width > 0) drawMap({ context, placed, transform, view, column, colours });
  }, [placed, transform, view, column, colours]);

  // biome-ignore lint/correctness/useExhaustiveDependencies: the name of what the keys went to stands in the page only after the move
  useEffect(() => {
    if (!followsKeys.current) return;
    const label = box.current?.querySelector<HTMLElement>('[data-active=true]');
    if (!label) return;
    followsKeys.current = false;
    label.focus({ preventScroll: true });
  }, [labels]);

  // What one opens stays where it is on the screen, and what stands below it comes into sight.
  // biome-ignore lint/correctness/useExhaustiveDependencies: once for each new layout, from wherever the map is then
  useLayoutEffect(() => {
    const before = opened.current;
    const now = before && placed.find(({ node }) => node.id === before.node.id);
    if (!now || now.isOpen === before.isOpen) return;
    opened.current = null;
    const held = { ...transform, y: transform.y + (before.y - now.y) * transform.k };
    const child = placed.find(({ parent }) => parent === now);
    to(child ? { ...inSight(child, held, view, column), y: held.y } : held);
  }, [placed]);

  function open(at: PlacedNode): void {
    opened.current = at;
    onOpen(at.node);
  }

  function press(event: KeyboardEvent, at: PlacedNode): void {
    if (event.altKey || event.ctrlKey || event.metaKey) return;
    const act = actionOf(event.key, at);
    if (!act) return;
    event.preventDefault();
    act();
  }

  function actionOf(key: string, at: PlacedNode): (() => void) | null {
    if (key === '+' || key === '=') return () => by(zoomStep);
    if (key === '-') return () => by(1 / zoomStep);
    if (key === 'Enter' || key === ' ') return () => choose(at);
    const target = keyTarget(key, at, placed, symbols);
    if (target === 'open' || target === 'close') return () => open(at);
    return target && (() => goTo(target));
  }

  function goTo(target: PlacedNode): void {
    followsKeys.current = true;
    setActive(target.node.id);
    to(inSight(target, transform, view, column));
  }

  function choose(at: PlacedNode): void {
    const { node } = at;
    setActive(node.id);
    if (node.kind === 'file' || node.kind === 'symbol') onFile(node);
    else open(at);
  }

  const ratio = typeof window === 'undefined' ? 1 : window.devicePixelRatio || 1;
  return (
    <div className="relative min-h-0 flex-1">
      <div ref={box} className="absolute inset-0 cursor-grab touch-none overflow-clip overscroll-none active:cursor-grabbing">
        <canvas
          ref={canvas}
          width={Math.round(view.width * ratio)}
          height={Math.round(view.height * ratio)}
          className="absolute inset-0 size-full"
          aria-hidden
        />
        <div role="tree" aria-label="Map of the project">
          {labels.map((label) => (
            <div
              key={label.node.id}
              role="treeitem"
              tabIndex={label.node.id === focusable ? 0 : -1}
              data-active={label.node.id === active}
              aria-level={label.depth + 1}
              aria-expanded={canOpen(label.node, symbols) ? label.isOpen : undefined}
              aria-selected={label.node.id === active}
              onClick={() => choose(label)}
              onKeyDown={(event) => press(event, label)}
              onFocus={() => setActive(label.node.id)}
              className="absolute flex cursor-pointer items-center rounded-control text-sm hover:bg-sunken"
              style={placeOf(label, transform, column)}
            >
              <span className="flex min-w-0 flex-1 items-center gap-1.5 rounded-control bg-paper/85 px-1">
                <MapNodeName node={label.node} isOpen={label.isOpen} isOnMap />
              </span>
              {labelWidth(transform.k, column) >= roomForSign && label.node.kind === 'file' && canOpen(label.node, symbols) && (
                <OpenSign node={label.node} isOpen={label.isOpen} onOpen={() => open(label)} />
              )}
            </div>
          ))}
        </div>
      </div>
      <div className="absolute right-3 bottom-3 flex divide-x divide-line overflow-hidden rounded-control border border-line bg-raised shadow-md">
        <button type="button" aria-label="Closer" onClick={() => by(zoomStep)} className={tool}>
          <Plus className="size-5" aria-hidden />
        </button>
        <button type="button" aria-label="Further away" onClick={() => by(1 / zoomStep)} className={tool}>
          <Minus className="size-5" aria-hidden />
        </button>
        <button type="button" aria-label="The whole map" onClick={() => to(wholeMap(placed, view, column))} className={tool}>
          <Maximize className="size-5" aria-hidden />
        </button>
      </div>
    </div>
  );
}

function placeOf({ depth, y }: PlacedNode, { x: left, y: top, k }: Transform, column: number) {
  const height = Math.max(labelHeight, Math.min(rowHeight, rowHeight * k));
  return {
    transform: `translate(${Math.round(depth * column * k + left + 10)}px, ${Math.round(y * k + top - height / 2)}px)`,
    height,
    maxWidth: labelWidth(k, column),
  };
}

/** The colours of the theme, read again when it changes. */
function useColours(box: React.RefObject<HTMLElement | null>): MapColours | null {
  const [colours, setColours] = useState<MapColours | null>(null);
  useEffect(() => {
    const read = () => box.current && setColours(readColours(box.current));
    read();
    return watchTheme(read);
  }, [box]);
  return colours;
}
