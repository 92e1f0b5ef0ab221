'use client';

import { Dialog } from '@base-ui/react/dialog';
import { X } from 'lucide-react';
import type { ReactNode, RefObject } from 'react';

type SheetProps = {
  title: string;
  description?: string;
  onClose(): void;
  children: ReactNode;
  actions?: ReactNode;
  /** What gets the focus in it, where that is not the first thing. */
  firstFocus?: RefObject<HTMLElement | null>;
  /** What gets the focus after it; what had it before, without this or when this gives nothing. */
  nextFocus?(): HTMLElement | null;
};

/** A bottom sheet under the thumb on a phone, a dialog in the middle on a desktop. Focus goes in, stays in, and comes back. */
export function Sheet({ title, description, onClose, children, actions, firstFocus, nextFocus }: SheetProps) {
  return (
    <Dialog.Root defaultOpen onOpenChangeComplete={(open) => !open && onClose()}>
      <Dialog.Portal>
        <Dialog.Backdrop className="fixed inset-0 z-40 bg-veil transition-opacity duration-150 data-ending-style:opacity-0 data-starting-style:opacity-0" />
        <Dialog.Popup
          initialFocus={firstFocus}
          finalFocus={nextFocus}
          className="fixed inset-x-0 bottom-0 z-50 flex max-h-[88dvh] flex-col rounded-t-2xl bg-raised shadow-xl outline-none transition-[translate,opacity] duration-150 ease-out data-ending-style:translate-y-6 data-ending-style:opacity-0 data-starting-style:translate-y-6 data-starting-style:opacity-0 sm:inset-x-auto sm:top-1/2 sm:bottom-auto sm:left-1/2 sm:w-120 sm:-translate-x-1/2 sm:-translate-y-1/2 sm:rounded-2xl sm:border sm:border-line"
        >
          <header className="flex items-start gap-2 border-line border-b py-2 pr-2 pl-5">
            <div className="min-w-0 flex-1 py-2">
              <Dialog.Title className="contained font-semibold">{title}</Dialog.Title>
              {description && (
                <Dialog.Description className="contained text-pretty text-ink-soft text-sm">{description}</Dialog.Description>
              )}
            </div>
            <Dialog.Close
              aria-label="Close"
              className="inline-flex size-11 shrink-0 items-center justify-center rounded-control text-ink-soft hover:bg-sunken hover:text-ink"
            >
              <X className="size-5" aria-hidden />
            </Dialog.Close>
          </header>
          <div className="scrollbar-quiet relative min-h-0 flex-1 overflow-y-auto overscroll-contain px-5 py-4">{children}</div>
          {actions && <footer className="flex flex-col gap-2 border-line border-t px-5 pt-3 pb-safe sm:flex-row-reverse">{actions}</footer>}
        </Dialog.Popup>
      </Dialog.Portal>
    </Dialog.Root>
  );
}
