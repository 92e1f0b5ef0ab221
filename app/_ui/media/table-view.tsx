'use client';

import { ArrowDown, ArrowUp, Search } from 'lucide-react';
import { useDeferredValue, useMemo, useState } from 'react';
import { VList } from 'virtua';
import { spellHidden } from '#lib/core/words/reveal-hidden.ts';
import { EmptyState } from '../base/empty-state.tsx';
import { HostileText } from '../base/hostile-text.tsx';
import { arrangeRows, type Order } from './arrange-rows.ts';
import { columnWidths } from './column-widths.ts';
import type { MediaFile } from './media-file.ts';
import { MediaWait } from './media-wait.tsx';
import { useFileText } from './use-file-text.ts';
import { useTable } from './use-table.ts';

const limitBytes = 64 * 1024 * 1024;

/** A table of any length: only the rows in sight are in the page. A column's head orders by it. */
export function TableView({ file }: { file: MediaFile }) {
  const content = useFileText(file.href, limitBytes);
  const { header, rows, done, cut, broken } = useTable(content.state === 'ready' ? content.text : null);
  const [wanted, setWanted] = useState('');
  const [order, setOrder] = useState<Order>(null);
  const text = useDeferredValue(wanted);
  const shown = useMemo(() => arrangeRows(rows, text, order), [rows, text, order]);
  const widths = useMemo(() => columnWidths([header, ...rows.slice(0, 200)]), [header, rows]);

  if (content.state === 'failed') return <EmptyState title="It cannot be shown">{content.problem}</EmptyState>;
  if (header.length === 0 && broken) return <EmptyState title="It cannot be shown">Open the page anew to try again.</EmptyState>;
  if (header.length === 0) return done ? <EmptyState title="This table is empty" /> : <MediaWait />;
  const columns = { gridTemplateColumns: `4rem ${widths.map((width) => `${width}ch`).join(' ')}` };
  return (
    <div className="flex h-[calc(100dvh-14rem)] min-h-80 flex-col">
      <div className="flex items-center gap-3 px-4 py-2">
        <label className="flex min-h-11 min-w-0 flex-1 items-center gap-2 rounded-control border border-line-strong bg-paper px-3 focus-within:outline-2 focus-within:outline-accent">
          <Search className="size-4 shrink-0 text-ink-soft" aria-hidden />
          <span className="sr-only">Rows that hold</span>
          <input
            type="search"
            value={wanted}
            onChange={(event) => setWanted(event.target.value)}
            placeholder="Rows that hold …"
            className="min-w-0 flex-1 bg-transparent text-sm outline-none"
          />
        </label>
        <p role="status" className="tabular text-ink-soft text-xs">
          {shown.length.toLocaleString('en')} {shown.length === 1 ? 'row' : 'rows'}
          {!done && ' …'}
          {cut && ', the rest is left out'}
          {broken && ', the rest could not be read'}
        </p>
      </div>
      <section aria-label="Table" className="scrollbar-quiet min-h-0 flex-1 overflow-x-auto overscroll-contain border-line border-t">
        <div className="flex h-full w-max min-w-full flex-col font-mono text-[0.8125rem]">
          <div className="grid border-line border-b bg-sunken" style={columns}>
            <span className="self-center px-2 text-right text-ink-soft text-xs">#</span>
            {header.map((name, column) => (
              <button
                // biome-ignore lint/suspicious/noArrayIndexKey: columns are their places
                key={column}
                type="button"
                aria-label={`Order by ${name}${order?.column === column ? (order.descending ? ', descending now' : ', ascending now') : ''}`}
                onClick={() => setOrder((known) => nextOrder(known, column))}
                className="flex min-h-11 items-center gap-1 px-2 text-left font-semibold hover:text-accent"
              >
                <span className="truncate">
                  <HostileText text={name} />
                </span>
                {order?.column === column &&
                  (order.descending ? (
                    <ArrowDown className="size-3.5 shrink-0" aria-hidden />
                  ) : (
                    <ArrowUp className="size-3.5 shrink-0" aria-hidden />
                  ))}
              </button>
            ))}
          </div>
          <VList data={shown} itemSize={32} className="scrollbar-quiet min-h-0 flex-1">
            {(row, index) => (
              <div key={index} className="grid h-8 items-center border-line border-b" style={columns}>
                <span className="tabular px-2 text-right text-ink-soft text-xs">{index + 1}</span>
                {header.map((_, column) => (
                  // biome-ignore lint/suspicious/noArrayIndexKey: columns are their places
                  <span key={column} title={spellHidden(row[column] ?? '')} className="truncate px-2">
                    <HostileText text={row[column] ?? ''} />
                  </span>
                ))}
              </div>
            )}
          </VList>
        </div>
      </section>
    </div>
  );
}

/** Ascending, descending, as it is written. */
function nextOrder(order: Order, column: number): Order {
  if (order?.column !== column) return { column, descending: false };
  return order.descending ? null : { column, descending: true };
}
