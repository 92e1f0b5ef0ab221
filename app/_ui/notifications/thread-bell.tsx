'use client';

import { Bell } from 'lucide-react';
import { Suspense, useState } from 'react';
import { iconButtonClass } from '../base/button.tsx';
import { lazyPart } from '../base/lazy-part.ts';

const BellSheet = lazyPart(async () => (await import('./bell-sheet.tsx')).BellSheet);

/** What one hears of this thread. */
export function ThreadBell({ threadId }: { threadId: string }) {
  const [open, setOpen] = useState(false);
  return (
    <>
      <button
        type="button"
        onClick={() => setOpen(true)}
        aria-label="Notifications of this thread"
        title="Notifications of this thread"
        aria-haspopup="dialog"
        className={iconButtonClass}
      >
        <Bell className="size-5" aria-hidden />
      </button>
      <Suspense>{open && <BellSheet threadId={threadId} onClose={() => setOpen(false)} />}</Suspense>
    </>
  );
}
