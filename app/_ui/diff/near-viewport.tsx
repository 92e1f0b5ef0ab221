'use client';

import { type ReactNode, useEffect, useRef, useState } from 'react';

type NearViewportProps = {
  /** Height in pixels while nothing is there; once shown, what it had counts. */
  estimate: number;
  /** There from the start, before anybody has scrolled. */
  eager?: boolean;
  /** Stays, also far away: it holds what somebody types. */
  keep?: boolean;
  children(): ReactNode;
};

const marginPx = 1_200;
const observers = new WeakMap<Element, IntersectionObserver>();
const listeners = new WeakMap<Element, (near: boolean) => void>();

/** A part of a long page that is only in the page while it is near what is looked at. Its scroller is marked with `data-scroller`. */
export function NearViewport({ estimate, eager = false, keep = false, children }: NearViewportProps) {
  const [near, setNear] = useState(eager);
  const box = useRef<HTMLDivElement>(null);
  const height = useRef(0);

  useEffect(() => {
    const element = box.current;
    const scroller = element?.closest('[data-scroller]');
    if (!element || !scroller) return;
    const observer = observers.get(scroller) ?? observe(scroller);
    listeners.set(element, (isNear) => {
      if (!isNear) height.current = element.offsetHeight;
      setNear(isNear);
    });
    observer.observe(element);
    return () => observer.unobserve(element);
  }, []);

  const shown = near || keep;
  return (
    <div ref={box} style={shown ? undefined : { height: height.current || estimate }}>
      {shown && children()}
    </div>
  );
}

function observe(scroller: Element): IntersectionObserver {
  const observer = new IntersectionObserver(
    (entries) => {
      for (const { target, isIntersecting } of entries) listeners.get(target)?.(isIntersecting);
    },
    { root: scroller, rootMargin: `${marginPx}px 0px` },
  );
  observers.set(scroller, observer);
  return observer;
}
