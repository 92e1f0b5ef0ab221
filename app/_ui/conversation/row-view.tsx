import { memo } from 'react';
import { ItemView } from '../items/item-renderers.tsx';
import { TakenBack } from '../items/taken-back.tsx';
import { WorkGroup } from '../items/work-group.tsx';
import type { Row } from './group-items.ts';

/** One row of the conversation. Rows of one line stand closer together: they are the small print between what is said. */
export const RowView = memo(function RowView({ row, isTarget }: { row: Row; isTarget: boolean }) {
  return (
    <div
      data-row={row.key}
      className={`${isQuiet(row) ? '' : 'py-1.5'} ${isTarget ? 'rounded-control bg-accent-soft outline-8 outline-accent-soft' : ''}`}
    >
      <RowContent row={row} isTarget={isTarget} />
    </div>
  );
}, isSameRow);

function RowContent({ row, isTarget }: { row: Row; isTarget: boolean }) {
  switch (row.kind) {
    case 'item':
      return <ItemView item={row.item} />;
    case 'work':
      return <WorkGroup items={row.items} unfold={isTarget} />;
    case 'taken-back':
      return <TakenBack items={row.items} unfold={isTarget} />;
  }
}

function isQuiet(row: Row): boolean {
  return row.kind === 'work' || (row.kind === 'item' && (row.item.kind === 'call' || row.item.kind === 'checkpoint'));
}

type RowProps = { row: Row; isTarget: boolean };

/** Rows are grouped anew with every event; their items keep their identity. */
function isSameRow(before: RowProps, now: RowProps): boolean {
  if (before.isTarget !== now.isTarget || before.row.kind !== now.row.kind || before.row.key !== now.row.key) return false;
  if (before.row.kind === 'item' || now.row.kind === 'item')
    return before.row.kind === 'item' && now.row.kind === 'item' && before.row.item === now.row.item;
  const items = now.row.items;
  return before.row.items.length === items.length && before.row.items.every((item, index) => item === items[index]);
}
