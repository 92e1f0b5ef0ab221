import { ArrowLeft } from 'lucide-react';
import type { ReactNode } from 'react';
import { IconLink } from '../base/icon-link.tsx';

type ViewBarProps = { title: ReactNode; about?: ReactNode; back?: { href: string; label: string }; children?: ReactNode };

/** The one line under the tabs that says what a view shows, the way out of it where it lies deeper, and what can be done in it. */
export function ViewBar({ title, about, back, children }: ViewBarProps) {
  return (
    <div className="flex min-h-12 items-center gap-1 border-line border-b px-1.5 lg:px-4">
      {back && <IconLink href={back.href} label={back.label} Icon={ArrowLeft} />}
      <div className={`contained min-w-0 flex-1 py-1.5 ${back ? 'last:pr-2.5' : 'px-2.5 lg:px-0'}`}>
        <h2 className="truncate font-medium text-sm leading-5">{title}</h2>
        {about && <p className="truncate text-ink-soft text-xs">{about}</p>}
      </div>
      {children}
    </div>
  );
}

/** What scrolls in a view: it takes the width of what stands beside each other. */
export function ViewBody({ children }: { children: ReactNode }) {
  return (
    <div className="scrollbar-quiet relative min-h-0 flex-1 overflow-y-auto overscroll-contain">
      <div className="mx-auto max-w-wide pb-safe">{children}</div>
    </div>
  );
}
