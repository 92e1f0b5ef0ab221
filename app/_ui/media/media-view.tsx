'use client';

import { type ComponentType, type LazyExoticComponent, lazy, Suspense } from 'react';
import { untilLoaded } from '../base/until-loaded.ts';
import type { MediaFile } from './media-file.ts';
import type { MediaKind } from './media-kind.ts';
import { MediaWait } from './media-wait.tsx';

type Viewer = ComponentType<{ file: MediaFile }>;

function later(load: () => Promise<Viewer>): LazyExoticComponent<Viewer> {
  return lazy(async () => ({ default: await untilLoaded(load) }));
}

/** One viewer for each kind, loaded when first needed: a kind without one does not compile. */
const viewers: Record<MediaKind, LazyExoticComponent<Viewer>> = {
  image: later(async () => (await import('./image-view.tsx')).ImageView),
  audio: later(async () => (await import('./audio-view.tsx')).AudioView),
  video: later(async () => (await import('./video-view.tsx')).VideoView),
  pdf: later(async () => (await import('./pdf-view.tsx')).PdfView),
  markdown: later(async () => (await import('./markdown-view.tsx')).MarkdownView),
  table: later(async () => (await import('./table-view.tsx')).TableView),
  notebook: later(async () => (await import('./notebook-view.tsx')).NotebookView),
  font: later(async () => (await import('./font-view.tsx')).FontView),
  page: later(async () => (await import('./page-view.tsx')).PageView),
};

/** Those that go over to newer bytes by themselves, so that one does not lose one's place in them. The others begin anew. */
const keepsPlace: ReadonlySet<MediaKind> = new Set(['pdf', 'video']);

export function MediaView({ file }: { file: MediaFile }) {
  const Viewer = viewers[file.kind];
  return (
    <Suspense fallback={<MediaWait />}>
      <Viewer key={keepsPlace.has(file.kind) ? file.path : file.href} file={file} />
    </Suspense>
  );
}
