'use client';

import './globals.css';
import { Button } from './_ui/base/button.tsx';
import { EmptyState } from './_ui/base/empty-state.tsx';

export default function GlobalError() {
  return (
    <html lang="en">
      <body className="min-h-dvh font-sans">
        <title>Choir is not there</title>
        <EmptyState as="h1" title="Choir is not there">
          <p className="mb-4">It may be starting. Nothing is lost.</p>
          <Button onClick={() => window.location.reload()}>Try again</Button>
        </EmptyState>
      </body>
    </html>
  );
}
