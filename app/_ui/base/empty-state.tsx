import type { ReactNode } from 'react';

type EmptyStateProps = { title: string; as?: 'p' | 'h1'; children?: ReactNode };

/** Why there is nothing to see. `as` h1 where it is all that the page says. */
export function EmptyState({ title, as: Title = 'p', children }: EmptyStateProps) {
  return (
    <div className="flex min-h-[50dvh] flex-col items-center justify-center gap-3 px-6 text-center">
      <Title className="font-medium">{title}</Title>
      {children && <div className="max-w-sm text-balance text-ink-soft text-sm">{children}</div>}
    </div>
  );
}
