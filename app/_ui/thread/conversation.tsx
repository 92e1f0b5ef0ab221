'use client';

import { useMemo } from 'react';
import { isActive, type ThreadState } from '#lib/core/state.ts';
import type { useOlderItems } from '../../_live/use-older-items.ts';
import { Button } from '../base/button.tsx';
import { Notice } from '../base/notice.tsx';
import { useAction } from '../base/use-action.ts';
import { ItemView } from '../items/item-renderers.tsx';
import { TakenBack } from '../items/taken-back.tsx';
import { WorkGroup } from '../items/work-group.tsx';
import { groupItems, type Row } from './group-items.ts';
import { RunStatusLine } from './run-status-line.tsx';
import { TypedMessage } from './typed-message.tsx';

export function Conversation({ thread, older }: { thread: ThreadState; older: ReturnType<typeof useOlderItems> }) {
  const { busy, failure, act } = useAction();
  const { items, hidden } = thread;
  const rows = useMemo(() => groupItems([...older.older, ...items], hidden), [older.older, items, hidden]);
  return (
    <div className="flex flex-col gap-3">
      {older.more && (
        <div className="flex justify-center">
          <Button look="quiet" busy={busy} onClick={() => act(older.load)}>
            Show earlier
          </Button>
        </div>
      )}
      {failure && <Notice>{failure}</Notice>}
      {rows.map((row) => (
        <div key={row.key} className={isQuiet(row) ? '-my-1.5' : undefined}>
          <RowView row={row} />
        </div>
      ))}
      {isActive(thread.run) && <TypedMessage runId={thread.run.runId} />}
      {isActive(thread.run) && <RunStatusLine run={thread.run} />}
    </div>
  );
}

/** Rows of one line stand closer together: they are the small print between what is said. */
function isQuiet(row: Row): boolean {
  return row.kind === 'work' || (row.kind === 'item' && (row.item.kind === 'call' || row.item.kind === 'checkpoint'));
}

function RowView({ row }: { row: Row }) {
  switch (row.kind) {
    case 'item':
      return <ItemView item={row.item} />;
    case 'work':
      return <WorkGroup items={row.items} />;
    case 'taken-back':
      return <TakenBack items={row.items} />;
  }
}
