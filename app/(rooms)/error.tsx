'use client';

import { Button } from '../_ui/base/button.tsx';
import { EmptyState } from '../_ui/base/empty-state.tsx';

/** Choir's own words: what went wrong inside stays in the server's log, under the digest. */
export default function ErrorPage({ error, reset }: { error: Error & { digest?: string }; reset: () => void }) {
  return (
    <EmptyState as="h1" title="This did not work">
      <p className="mb-4">
        Choir could not show this page. Nothing is lost.
        {error.digest && <span className="block font-mono text-xs">Reference {error.digest}</span>}
      </p>
      <Button onClick={reset}>Try again</Button>
    </EmptyState>
  );
}
