import { ArrowLeft } from 'lucide-react';
import type { ReactNode } from 'react';
import { IconLink } from '../base/icon-link.tsx';

type RoomHeaderProps = { title: ReactNode; about?: ReactNode; back: string; backLabel: string; children?: ReactNode };

/** The top of a room that one goes back from. */
export function RoomHeader({ title, about, back, backLabel, children }: RoomHeaderProps) {
  return (
    <header className="border-line border-b bg-paper pt-safe">
      <div className="flex items-center gap-1 px-1.5 py-1.5 lg:px-4">
        <IconLink href={back} label={backLabel} Icon={ArrowLeft} />
        <div className="contained min-w-0 flex-1">
          <h1 className="truncate font-semibold text-[0.9375rem] leading-5">{title}</h1>
          {about && <p className="truncate text-ink-soft text-xs">{about}</p>}
        </div>
        {children}
      </div>
    </header>
  );
}

/** A room: its header stays, what is under it scrolls. */
export function Room({ header, children }: { header: ReactNode; children: ReactNode }) {
  return (
    <div className="flex h-room min-w-0 flex-col">
      {header}
      <div className="scrollbar-quiet relative min-h-0 flex-1 overflow-y-auto overscroll-contain">{children}</div>
    </div>
  );
}
