'use client';

import { useMemo } from 'react';
import type { DiffRow } from './diff-rows.ts';
import { LineTable } from './line-table.tsx';
import { NearViewport } from './near-viewport.tsx';
import { lineKey, rowAddress } from './place-comments.ts';
import type { LineTalk } from './use-line-talk.tsx';

const blockLines = 60;
const lineHeightPx = 20;
const columns = 44;

/** Lines of a diff in blocks: far from sight a block is only a height. */
export function HunkLines({ path, rows, talk, eager }: { path: string; rows: readonly DiffRow[]; talk: LineTalk; eager: boolean }) {
  const blocks = useMemo(() => {
    const count = Math.ceil(rows.length / blockLines);
    return Array.from({ length: count }, (_, index) => rows.slice(index * blockLines, (index + 1) * blockLines));
  }, [rows]);
  return blocks.map((block, index) => (
    <NearViewport
      key={lineKey(rowAddress(block[0] as DiffRow).side, rowAddress(block[0] as DiffRow).number)}
      estimate={block.reduce((sum, { text }) => sum + Math.max(1, Math.ceil(text.length / columns)) * lineHeightPx, 0)}
      eager={eager && index === 0}
      keep={talk.isIn(block)}
    >
      {() => <LineTable path={path} rows={block} askable isChosen={talk.isChosen} below={talk.below} />}
    </NearViewport>
  ));
}
