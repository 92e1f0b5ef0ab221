'use client';

import { useCallback, useEffect, useMemo, useState } from 'react';
import type { FileSymbol, TreeListing } from '#lib/core/project-map.ts';
import type { ThreadState } from '#lib/core/state.ts';
import { askUntilAnswered } from '../../_live/ask-until-answered.ts';
import { requestJson } from '../../_live/request.ts';
import { threadPath } from '../../_live/thread-path.ts';
import { layoutMap } from './layout-map.ts';
import { buildTree, firstOpen, type MapNode } from './map-tree.ts';

export type MapSince = 'start' | 'before';
export type ProjectMap = ReturnType<typeof useProjectMap>;

/** The map of a thread's project as it stands now, with what is open in it. Symbols are read when their file is opened. */
export function useProjectMap(initial: TreeListing, { threadId, projectName, currentCheckpointId }: ThreadState) {
  const [listing, setListing] = useState(initial);
  const [since, setSince] = useState<MapSince>('start');
  const [symbols, setSymbols] = useState<ReadonlyMap<string, FileSymbol[]>>(new Map());
  const [stands, setStands] = useState(`${currentCheckpointId} start`);
  const root = useMemo(() => buildTree(projectName, listing), [projectName, listing]);
  const [open, setOpen] = useState<ReadonlySet<string>>(() => firstOpen(root));
  const placed = useMemo(() => layoutMap(root, open, symbols), [root, open, symbols]);
  const base = threadPath(threadId);

  const wanted = `${currentCheckpointId} ${since}`;
  useEffect(() => {
    if (stands === wanted) return;
    return askUntilAnswered(
      (signal) => requestJson<TreeListing>(`${base}/tree?since=${since}`, { signal }),
      (tree) => {
        setListing(tree);
        setSymbols(new Map());
        setStands(wanted);
      },
    );
  }, [stands, wanted, since, base]);

  const toggle = useCallback((node: MapNode): void => {
    setOpen((before) => {
      const next = new Set(before);
      if (!next.delete(node.id)) next.add(node.id);
      return next;
    });
  }, []);

  /** Opens a file on the map to what it declares; throws when that cannot be read. */
  const openFile = useCallback(
    async (node: MapNode): Promise<void> => {
      const known = symbols.get(node.path);
      if (!known) {
        const path = `${base}/symbols?${new URLSearchParams({ path: node.path })}`;
        const { symbols: found } = await requestJson<{ symbols: FileSymbol[] }>(path);
        setSymbols((before) => new Map(before).set(node.path, found));
      }
      setOpen((before) => new Set(before).add(node.id));
    },
    [base, symbols],
  );

  return { root, placed, symbols, open, since, setSince, listing, toggle, openFile };
}
