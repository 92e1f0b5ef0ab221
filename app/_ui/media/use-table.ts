'use client';

import { useEffect, useState } from 'react';
import type { TableMessage } from './table-worker.ts';

/** `cut`: there are more rows than these; `broken`: it could not be read to its end. */
export type Table = { header: string[]; rows: string[][]; done: boolean; cut: boolean; broken: boolean };

const empty: Table = { header: [], rows: [], done: false, cut: false, broken: false };

/** The rows of a CSV or TSV text, read beside the page; they come in pieces. The first is the header. */
export function useTable(text: string | null): Table {
  const [table, setTable] = useState(empty);
  useEffect(() => {
    if (text === null) return;
    setTable(empty);
    const worker = new Worker(new URL('./table-worker.ts', import.meta.url), { type: 'module' });
    const rows: string[][] = [];
    worker.addEventListener('message', ({ data }: MessageEvent<TableMessage>) => {
      if ('rows' in data) rows.push(...data.rows);
      const [header = [], ...body] = rows;
      setTable({ ...empty, header, rows: body, done: 'done' in data, cut: 'done' in data && data.cut });
    });
    worker.addEventListener('error', () => setTable((known) => ({ ...known, done: true, broken: true })));
    worker.postMessage({ text });
    return () => worker.terminate();
  }, [text]);
  return table;
}
