import type { DOMAttributes, ReactElement, TouchEvent } from 'react';
import { renderToStaticMarkup } from 'react-dom/server';
import { expect, test } from 'vitest';
import { PullToRefresh } from './pull-to-refresh.tsx';

test('a quick pull counts that ends before it is drawn, and one that was taken back does not', () => {
  let refreshed = 0;
  let box: ReactElement<DOMAttributes<HTMLElement>> | undefined;
  function Room() {
    box = PullToRefresh({
      onRefresh: async () => {
        refreshed += 1;
      },
      children: null,
      className: '',
    });
    return box;
  }
  renderToStaticMarkup(<Room />);
  const touch = (clientY: number) => ({ currentTarget: { scrollTop: 0 }, touches: [{ clientY }] }) as unknown as TouchEvent<HTMLElement>;
  const pull = (...places: number[]) => {
    box?.props.onTouchStart?.(touch(0));
    for (const place of places) box?.props.onTouchMove?.(touch(place));
    box?.props.onTouchEnd?.(touch(0));
  };
  pull(200, 20);
  expect(refreshed).toBe(0);
  pull(20, 200);
  expect(refreshed).toBe(1);
});
