'use client';

import { List, Workflow } from 'lucide-react';
import { useRouter } from 'next/navigation';
import { Suspense, useState } from 'react';
import type { TreeListing } from '#lib/core/project-map.ts';
import { lazyPart } from '../base/lazy-part.ts';
import { Notice } from '../base/notice.tsx';
import { useAction } from '../base/use-action.ts';
import { filesHref } from '../files/file-place.ts';
import { lineHash } from '../files/line-change.ts';
import { useThreadState } from '../thread/thread-context.tsx';
import { MapList } from './map-list.tsx';
import type { MapNode } from './map-tree.ts';
import { type MapSince, useProjectMap } from './use-map.ts';

const MapCanvas = lazyPart(async () => (await import('./map-canvas.tsx')).MapCanvas);

const looks = [
  { value: 'map', label: 'Map', Icon: Workflow },
  { value: 'list', label: 'List', Icon: List },
] as const;

/** A project from its folders down to what its files declare, with what the thread changed. */
export function MapView({ initial }: { initial: TreeListing }) {
  const thread = useThreadState();
  const router = useRouter();
  const map = useProjectMap(initial, thread);
  const { failure, act } = useAction();
  const [look, setLook] = useState<'map' | 'list'>('map');
  const { changed, files, total } = map.listing;

  function openNode(node: MapNode): void {
    if (node.kind === 'file' && !map.open.has(node.id)) void act(() => map.openFile(node));
    else map.toggle(node);
  }

  function openFile({ path, symbol, change }: MapNode): void {
    const line = symbol ? lineHash({ from: symbol.line, to: symbol.line }) : '';
    const file = `${filesHref({ threadId: thread.threadId, path })}${line}`;
    router.push(change === 'deleted' ? `/threads/${thread.threadId}/changes` : file);
  }

  const Face = look === 'map' ? MapCanvas : MapList;
  return (
    <>
      <div className="flex min-h-12 items-center gap-2 border-line border-b py-1.5 pr-2 pl-4 lg:px-4">
        <p className="tabular min-w-0 flex-1 truncate text-sm" aria-live="polite">
          <span className={changed.length > 0 ? 'font-medium text-good' : 'text-ink-soft'}>{changed.length} changed</span>
          <span className="text-ink-soft max-sm:hidden"> of {total.toLocaleString('en')} files</span>
        </p>
        <label className="sr-only" htmlFor="map-since">
          Changed since
        </label>
        <select
          id="map-since"
          value={map.since}
          onChange={(event) => map.setSince(event.target.value as MapSince)}
          className="min-h-11 rounded-control border border-line bg-raised px-2 text-sm"
        >
          <option value="start">since the start</option>
          <option value="before">in the last step</option>
        </select>
        <fieldset className="flex rounded-control bg-sunken p-0.5">
          <legend className="sr-only">Show as</legend>
          {looks.map(({ value, label, Icon }) => (
            <label
              key={value}
              className="inline-flex size-11 items-center justify-center rounded-[0.625rem] text-ink-soft has-checked:bg-raised has-checked:text-ink has-checked:ring-1 has-checked:ring-line-strong/60 has-focus-visible:outline-2 has-focus-visible:outline-accent"
            >
              <input type="radio" name="map-look" checked={look === value} onChange={() => setLook(value)} className="sr-only" />
              <Icon className="size-4.5" aria-hidden />
              <span className="sr-only">{label}</span>
            </label>
          ))}
        </fieldset>
      </div>
      {failure && <Notice>{failure}</Notice>}
      {files.length < total && (
        <p className="px-4 py-2 text-ink-soft text-xs">
          Only the first {files.length.toLocaleString('en')} of {total.toLocaleString('en')} files are shown.
        </p>
      )}
      <Suspense fallback={<div className="min-h-0 flex-1 animate-breathe bg-sunken/40" />}>
        <Face map={map} onFile={openFile} onOpen={openNode} />
      </Suspense>
    </>
  );
}
