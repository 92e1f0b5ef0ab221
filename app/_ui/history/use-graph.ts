'use client';

import { useCallback, useEffect, useMemo, useRef, useState } from 'react';
import type { ThreadState } from '#lib/core/state.ts';
import type { ThreadGraph } from '#lib/core/thread-graph.ts';
import { askUntilAnswered } from '../../_live/ask-until-answered.ts';
import { requestJson } from '../../_live/request.ts';
import { threadPath } from '../../_live/thread-path.ts';
import { mergeGraphs, withNames } from './merge-graph.ts';

/** Checkpoints read at once on the way back. */
const pageSize = 2_000;
const mostAtOnce = 10_000;

/** The history that a page began with, kept true by what happens, and longer where one asks for it. */
export function useGraph(initial: ThreadGraph, thread: ThreadState) {
  const [graph, setGraph] = useState(initial);
  const reading = useRef<Promise<void> | null>(null);
  const path = threadPath(thread.threadId, '/graph');
  const newest = graph.checkpoints[0]?.seq ?? 0;
  const news = [thread.checkpointCount, thread.currentCheckpointId, thread.lastRevert?.seq, thread.run?.runId, thread.run?.status].join();
  const shownNews = useRef(news);

  useEffect(() => {
    if (shownNews.current === news) return;
    return askUntilAnswered(
      (signal) => requestJson<ThreadGraph>(`${path}?after=${newest}&limit=${mostAtOnce}`, { signal }),
      (stretch) => {
        shownNews.current = news;
        setGraph((known) => mergeGraphs(stretch, known));
      },
    );
  }, [news, newest, path]);

  const oldest = graph.checkpoints.at(-1)?.seq ?? 0;
  const loadOlder = useCallback((): Promise<void> => {
    reading.current ??= requestJson<ThreadGraph>(`${path}?before=${oldest}&limit=${pageSize}`)
      .then((stretch) => setGraph((known) => ({ ...mergeGraphs(known, stretch), hasOlder: stretch.hasOlder })))
      .finally(() => {
        reading.current = null;
      });
    return reading.current;
  }, [path, oldest]);

  const named = useMemo(() => withNames(graph, thread.checkpoints), [graph, thread.checkpoints]);
  return { graph: named, loadOlder };
}
