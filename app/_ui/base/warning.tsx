import { type LucideIcon, TriangleAlert } from 'lucide-react';
import type { ReactNode } from 'react';

/** What a person should know before they press. */
export function Warning({ Icon = TriangleAlert, children }: { Icon?: LucideIcon; children: ReactNode }) {
  return (
    <p className="flex items-start gap-2 rounded-lg bg-warn-soft px-3 py-2 text-sm text-warn">
      <Icon className="mt-0.5 size-4 shrink-0" aria-hidden />
      {children}
    </p>
  );
}
