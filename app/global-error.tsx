'use client';

import './globals.css';

/** For what fails before there is a room to say it in. Every page carries it along, so it is made of nothing else of the house. */
export default function GlobalError() {
  const theme = typeof document === 'undefined' ? undefined : /choir-theme=(light|dark)/.exec(document.cookie)?.[1];
  return (
    <html lang="en" data-theme={theme}>
      <body className="grid min-h-dvh place-content-center justify-items-center gap-4 px-6 text-center font-sans">
        <title>Choir is not there</title>
        <h1 className="font-medium">Choir is not there</h1>
        <p className="text-ink-soft text-sm">It may be starting. Nothing is lost.</p>
        <button
          type="button"
          onClick={() => window.location.reload()}
          className="min-h-11 rounded-control border border-line bg-raised px-4 font-medium text-sm hover:bg-sunken"
        >
          Try again
        </button>
      </body>
    </html>
  );
}
