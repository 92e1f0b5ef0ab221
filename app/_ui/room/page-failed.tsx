'use client';

import { Button, buttonClass } from '../base/button.tsx';
import { EmptyState } from '../base/empty-state.tsx';

type PageFailedProps = { error: unknown; retry(): void };

/** In the place of a page that could not be made, in Choir's own words: what went wrong inside stays in the server's log, under the digest. */
export function PageFailed({ error, retry }: PageFailedProps) {
  const digest = error instanceof Error && 'digest' in error ? String(error.digest) : null;
  return (
    <EmptyState as="h1" title="This did not work">
      <p className="mb-4">
        Choir could not show this page. Nothing is lost.
        {digest && <span className="block font-mono text-xs">Reference {digest}</span>}
      </p>
      <div className="flex justify-center gap-2">
        <Button onClick={retry}>Try again</Button>
        <a href="/" className={buttonClass('quiet')}>
          All threads
        </a>
      </div>
    </EmptyState>
  );
}
