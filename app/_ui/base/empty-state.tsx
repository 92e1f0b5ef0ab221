import type { ReactNode } from 'react';

export function EmptyState({ title, children }: { title: string; children?: ReactNode }) {
  return (
    <div className="flex min-h-[50dvh] flex-col items-center justify-center gap-3 px-6 text-center">
      <p className="font-medium">{title}</p>
      {children && <div className="max-w-sm text-ink-soft text-sm">{children}</div>}
    </div>
  );
}
