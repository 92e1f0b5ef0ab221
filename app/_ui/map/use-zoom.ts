'use client';

import { select } from 'd3-selection';
import { type ZoomBehavior, zoom, zoomIdentity } from 'd3-zoom';
import { type RefObject, useEffect, useMemo, useRef, useState } from 'react';
import type { Transform, Viewport } from './pick-labels.ts';

const nearest = 2;
const furthest = 0.01;
const step = 1.5;

export type MapZoom = {
  transform: Transform;
  view: Viewport;
  by(factor: number): void;
  to(transform: Transform): void;
};

const start: Transform = { x: 0, y: 0, k: 1 };

/** Pan and zoom of a box by touch, mouse and wheel, and its size. */
export function useZoom(box: RefObject<HTMLElement | null>): MapZoom {
  const [transform, setTransform] = useState(start);
  const [view, setView] = useState<Viewport>({ width: 0, height: 0 });
  const behaviour = useRef<ZoomBehavior<HTMLElement, unknown> | null>(null);

  useEffect(() => {
    const element = box.current;
    if (!element) return;
    const zooming = zoom<HTMLElement, unknown>()
      .scaleExtent([furthest, nearest])
      .on('zoom', ({ transform: { x, y, k } }: { transform: Transform }) => setTransform({ x, y, k }));
    behaviour.current = zooming;
    const selected = select(element).call(zooming).on('dblclick.zoom', null);
    const sizing = new ResizeObserver(() => setView({ width: element.clientWidth, height: element.clientHeight }));
    sizing.observe(element);
    return () => {
      selected.on('.zoom', null);
      sizing.disconnect();
    };
  }, [box]);

  const moves = useMemo(
    () => ({
      by(factor: number) {
        if (box.current) behaviour.current?.scaleBy(select(box.current), factor);
      },
      to({ x, y, k }: Transform) {
        if (box.current) behaviour.current?.transform(select(box.current), zoomIdentity.translate(x, y).scale(k));
      },
    }),
    [box],
  );
  return { transform, view, ...moves };
}

export const zoomStep = step;
