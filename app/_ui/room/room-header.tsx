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
        <div className="contained min-w-0 flex-1 last:pr-2.5">
          <h1 className="truncate font-semibold text-[0.9375rem] leading-5">{title}</h1>
          {about && <p className="truncate text-ink-soft text-xs">{about}</p>}
        </div>
        {children}
      </div>
    </header>
  );
}

type RoomProps = { header: ReactNode; isWide?: boolean; children: ReactNode };

/** A room: its header stays, what is under it scrolls, as wide as a text is read well or, where there is more beside each other, wider. */
export function Room({ header, isWide = false, children }: RoomProps) {
  return (
    <div className="flex h-room min-w-0 flex-col">
      {header}
      <div className="scrollbar-quiet relative min-h-0 flex-1 overflow-y-auto overscroll-contain">
        <div className={`mx-auto px-safe pt-5 pb-safe ${isWide ? 'max-w-wide' : 'max-w-reading'}`}>{children}</div>
      </div>
    </div>
  );
}
