import { CircleAlert } from 'lucide-react';
import type { ReactNode } from 'react';

/** Something that went wrong, where it went wrong, said at once to everybody. */
export function Notice({ children }: { children: ReactNode }) {
  return (
    <p role="alert" className="contained flex items-start gap-2 rounded-lg bg-bad-soft px-3 py-2 text-bad text-sm">
      <CircleAlert className="mt-0.5 size-4 shrink-0" aria-hidden />
      <span className="min-w-0">{children}</span>
    </p>
  );
}
