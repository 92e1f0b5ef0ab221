'use client';

import { useEffect, useState } from 'react';
import { explainFailure, request } from '../../_live/request.ts';

export type FileText = { state: 'loading' } | { state: 'ready'; text: string } | { state: 'failed'; problem: string };

/** The text of a file, read once. A file over `limitBytes` is not read: it says so. */
export function useFileText(href: string, limitBytes: number): FileText {
  const [file, setFile] = useState<FileText>({ state: 'loading' });
  useEffect(() => {
    const reading = new AbortController();
    setFile({ state: 'loading' });
    readText(href, limitBytes, reading.signal).then(
      (text) => setFile({ state: 'ready', text }),
      (error: unknown) => {
        if (!reading.signal.aborted)
          setFile({ state: 'failed', problem: error instanceof TooLarge ? error.message : explainFailure(error) });
      },
    );
    return () => reading.abort();
  }, [href, limitBytes]);
  return file;
}

class TooLarge extends Error {}

async function readText(href: string, limitBytes: number, signal: AbortSignal): Promise<string> {
  const response = await request(href, { signal });
  const bytes = Number(response.headers.get('content-length') ?? 0);
  const text = bytes > limitBytes ? null : await response.text();
  if (text === null || text.length > limitBytes) throw new TooLarge('This file is too large to show. Download it to look at it.');
  return text;
}
