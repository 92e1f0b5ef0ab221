'use client';

import { usePathname, useSearchParams } from 'next/navigation';
import { useEffect, useState } from 'react';

/** A page that comes sooner needs no line. Outside of the transition that leaves, too, which would show it only once it is over. */
const quickMs = 150;

/** Says that a press was heard while the next page is on its way. */
export function LeavingLine() {
  const here = `${usePathname()}?${useSearchParams()}`;
  const [left, setLeft] = useState<string | null>(null);
  useEffect(() => {
    let timer: ReturnType<typeof setTimeout> | undefined;
    const onLeave = (event: Event) => {
      const { pathname, searchParams } = new URL((event as CustomEvent<string>).detail, window.location.href);
      clearTimeout(timer);
      timer = setTimeout(() => setLeft(`${pathname}?${searchParams}` === here ? null : here), quickMs);
    };
    window.addEventListener('choir-leave', onLeave);
    return () => {
      clearTimeout(timer);
      setLeft(null);
      window.removeEventListener('choir-leave', onLeave);
    };
  }, [here]);
  return (
    <p role="status" className="pointer-events-none fixed inset-x-0 top-0 z-50 pt-safe">
      {left === here && (
        <>
          <span className="block h-0.5 animate-breathe bg-accent" aria-hidden />
          <span className="sr-only">Opening</span>
        </>
      )}
    </p>
  );
}
