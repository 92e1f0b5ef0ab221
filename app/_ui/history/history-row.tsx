import { Bookmark, GitBranch, Redo2, Undo2 } from 'lucide-react';
import Link from 'next/link';
import type { ReactNode } from 'react';
import { ownWords } from '#lib/core/comment.ts';
import type { GraphCheckpoint, GraphRun } from '#lib/core/thread-graph.ts';
import { agentName } from '#lib/core/words/agent-name.ts';
import { describeStatus } from '#lib/core/words/describe-run.ts';
import { formatCount } from '#lib/core/words/format.ts';
import { LineCounts } from '../base/change-counts.tsx';
import { HostileText, PathText } from '../base/hostile-text.tsx';
import { Ago } from '../base/moment.tsx';
import { GraphLanes, lanesWidth, type NodeLook } from './graph-lanes.tsx';
import type { HistoryRow } from './graph-rows.ts';
import { type GraphLayout, strokesAt } from './layout-graph.ts';

export type RowActions = {
  threadId: string;
  /** Agents by run. */
  agents: ReadonlyMap<string, string>;
  numbers: ReadonlyMap<string, number>;
  current: string | null;
  currentLine: ReadonlySet<string>;
  /** seq of the revert that can be undone. */
  undoable: number | null;
  selected: number | null;
  picks: readonly number[];
  onCheckpoint(checkpoint: GraphCheckpoint): void;
  onUndo(checkpointId: string): void;
  onShow(checkpointId: string): void;
};

type HistoryRowViewProps = { row: HistoryRow; index: number; layout: GraphLayout; actions: RowActions };

const heights: Record<HistoryRow['kind'], number> = { run: 52, checkpoint: 60, revert: 52, branch: 52, origin: 52 };

export function HistoryRowView({ row, index, layout, actions }: HistoryRowViewProps) {
  const { laneCount } = layout;
  const height = heights[row.kind];
  const banded = row.runId === undefined ? '' : 'bg-raised';
  const lanes = (node: NodeLook | null) => (
    <GraphLanes lane={layout.lanes[index] ?? null} strokes={strokesAt(layout, index)} laneCount={laneCount} height={height} node={node} />
  );
  const box = `flex w-full min-w-0 items-center pr-4 text-left ${banded}`;
  switch (row.kind) {
    case 'run':
      return (
        <div className={`${box} border-line border-t`} style={{ height }}>
          {lanes(null)}
          <RunLine run={row.run} />
        </div>
      );
    case 'checkpoint':
      return <CheckpointLine checkpoint={row.checkpoint} box={box} height={height} lanes={lanes} actions={actions} />;
    case 'revert': {
      const { checkpointId, fromCheckpointId, scope, at, seq } = row.revert;
      const number = actions.numbers.get(checkpointId);
      return (
        <div className={box} style={{ height }}>
          {lanes('back')}
          <button
            type="button"
            onClick={() => actions.onShow(checkpointId)}
            className="flex min-h-11 min-w-0 flex-1 items-center gap-2 text-left text-ink-soft text-sm"
          >
            <Undo2 className="size-4 shrink-0" aria-hidden />
            <span className="truncate">
              Went back to {number === undefined ? 'an older checkpoint' : `#${number}`}
              {scope !== 'both' && `, ${scope} only`}
            </span>
            <span className="ml-auto text-xs">
              <Ago at={at} />
            </span>
          </button>
          {seq === actions.undoable && (
            <button
              type="button"
              onClick={() => actions.onUndo(fromCheckpointId)}
              className="ml-2 inline-flex min-h-11 items-center gap-1.5 rounded-control px-2 font-medium text-accent text-sm hover:bg-sunken"
            >
              <Redo2 className="size-4" aria-hidden />
              Undo
            </button>
          )}
        </div>
      );
    }
    case 'branch': {
      const { threadId, title, checkpoints, runStatus, runExtent } = row.branch;
      return (
        <Link href={`/threads/${threadId}/history`} className={`${box} hover:bg-sunken`} style={{ height }}>
          {lanes('thread')}
          <GitBranch className="mr-2 size-4 shrink-0 text-ink-soft" aria-hidden />
          <span className="contained min-w-0 flex-1">
            <span className="block truncate text-sm">
              <HostileText text={title} />
            </span>
            <span className="block truncate text-ink-soft text-xs">
              Another thread began here · {formatCount(checkpoints, 'checkpoint')}
              {runStatus && ` · ${describeStatus(runStatus, runExtent)}`}
            </span>
          </span>
        </Link>
      );
    }
    case 'origin':
      return (
        <Link
          href={`/threads/${row.origin.threadId}/history`}
          className={`${box} border-line border-t hover:bg-sunken`}
          style={{ height, paddingLeft: lanesWidth(laneCount) }}
        >
          <GitBranch className="mr-2 size-4 shrink-0 text-ink-soft" aria-hidden />
          <span className="contained min-w-0 flex-1">
            <span className="block truncate text-sm">
              <HostileText text={row.origin.title} />
            </span>
            <span className="block text-ink-soft text-xs">This thread began at its #{row.origin.number}</span>
          </span>
        </Link>
      );
  }
}

function RunLine({ run }: { run: GraphRun }) {
  const isOpen = run.status === 'running' || run.status === 'queued' || run.status === 'waiting';
  return (
    <h2 className="contained min-w-0 flex-1">
      <span className="block truncate font-medium text-sm">
        <HostileText text={ownWords(run.goal)} />
      </span>
      <span className="flex items-center gap-1.5 truncate text-ink-soft text-xs">
        {isOpen && <span className="size-1.5 animate-breathe rounded-full bg-accent" aria-hidden />}
        {agentName(run.agent)} · {describeStatus(run.status, run.extent)} · <Ago at={run.at} />
      </span>
    </h2>
  );
}

type CheckpointLineProps = {
  checkpoint: GraphCheckpoint;
  box: string;
  height: number;
  lanes(node: NodeLook): ReactNode;
  actions: RowActions;
};

function CheckpointLine({ checkpoint, box, height, lanes, actions }: CheckpointLineProps) {
  const { checkpointId, number, name, label, fileCount, at } = checkpoint;
  const isCurrent = actions.current === checkpointId;
  const pick = actions.picks.indexOf(number);
  const isSelected = pick >= 0 || actions.selected === number;
  return (
    <button
      type="button"
      onClick={() => actions.onCheckpoint(checkpoint)}
      aria-current={isCurrent ? 'true' : undefined}
      className={`${isSelected ? box.replace('bg-raised', '') : box} ${isSelected ? 'bg-accent-soft' : 'hover:bg-sunken'}`}
      style={{ height }}
    >
      {lanes(isCurrent ? 'current' : name ? 'named' : 'filled')}
      <span className={`contained min-w-0 flex-1 ${actions.currentLine.has(checkpointId) ? '' : 'text-ink-soft'}`}>
        <span className="flex items-baseline gap-1.5 text-sm">
          <span className="tabular shrink-0 text-ink-soft text-xs">#{number}</span>
          {name && <Bookmark className="size-3.5 shrink-0 self-center fill-current" aria-hidden />}
          <span className={`truncate ${name ? 'font-semibold' : ''}`}>
            <HostileText text={name ?? label} />
          </span>
          {isCurrent && (
            <span className="ml-auto shrink-0 rounded-full bg-accent px-2 font-medium text-accent-ink text-xs">You are here</span>
          )}
          {pick >= 0 && (
            <span className="ml-auto shrink-0 rounded-full bg-accent px-2 font-semibold text-accent-ink text-xs">
              {pick === 0 ? 'A' : 'B'}
            </span>
          )}
        </span>
        <span className="flex items-baseline gap-1.5 text-ink-soft text-xs">
          {fileCount > 0 && <LineCounts {...checkpoint} />}
          <span className="min-w-0 flex-1 truncate">
            <WhatChanged checkpoint={checkpoint} />
          </span>
          <span className="shrink-0">
            {whoMade(checkpoint, actions.agents)} · <Ago at={at} />
          </span>
        </span>
      </span>
    </button>
  );
}

function WhatChanged({ checkpoint: { paths, fileCount } }: { checkpoint: GraphCheckpoint }) {
  const [path] = paths;
  if (path === undefined) return 'no file changed';
  return (
    <>
      <PathText path={path.slice(path.lastIndexOf('/') + 1)} />
      {fileCount > 1 && ` and ${fileCount - 1} more`}
    </>
  );
}

function whoMade({ actor, runId, kind }: GraphCheckpoint, agents: ReadonlyMap<string, string>): string {
  if (kind === 'parked' || kind === 'person' || (actor === 'person' && kind !== 'base')) return 'by hand';
  const agent = runId && agents.get(runId);
  return agent ? agentName(agent) : 'Choir';
}
