import type { PointerEvent } from 'react';
import { renderToStaticMarkup } from 'react-dom/server';
import { expect, test } from 'vitest';
import { useSwipe } from './use-swipe.ts';

/** A row that is drawn once and never again, as under a finger that is quicker than the next picture. */
function drawnOnce() {
  const swiped: string[] = [];
  let handlers: ReturnType<typeof useSwipe>['handlers'] | undefined;
  function Row() {
    handlers = useSwipe((side) => swiped.push(side)).handlers;
    return null;
  }
  renderToStaticMarkup(<Row />);
  if (!handlers) throw new Error('nothing was drawn');
  const finger = (pointerId: number, clientX: number) =>
    ({ pointerId, clientX, clientY: 0, isPrimary: pointerId === 1, pointerType: 'touch' }) as PointerEvent;
  return { handlers, finger, swiped };
}

test('a flick counts that ends before it is drawn', () => {
  const { handlers, finger, swiped } = drawnOnce();
  handlers.onPointerDown(finger(1, 200));
  handlers.onPointerMove(finger(1, 120));
  handlers.onPointerUp(finger(1, 120));
  expect(swiped).toEqual(['left']);
});

test('a second finger ends nothing, and a movement that comes back counts for nothing', () => {
  const { handlers, finger, swiped } = drawnOnce();
  handlers.onPointerDown(finger(1, 200));
  handlers.onPointerDown(finger(2, 50));
  handlers.onPointerMove(finger(1, 300));
  handlers.onPointerUp(finger(2, 50));
  expect(swiped).toEqual([]);
  handlers.onPointerUp(finger(1, 300));
  expect(swiped).toEqual(['right']);
  handlers.onPointerDown(finger(1, 200));
  handlers.onPointerMove(finger(1, 300));
  handlers.onPointerMove(finger(1, 210));
  handlers.onPointerUp(finger(1, 210));
  expect(swiped).toEqual(['right']);
});
