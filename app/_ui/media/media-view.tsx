'use client';

import { type ComponentType, Suspense } from 'react';
import { lazyPart } from '../base/lazy-part.ts';
import type { MediaFile } from './media-file.ts';
import type { MediaKind } from './media-kind.ts';
import { MediaWait } from './media-wait.tsx';

type Viewer = ComponentType<{ file: MediaFile }>;

/** One viewer for each kind, loaded when first needed: a kind without one does not compile. */
const viewers: Record<MediaKind, Viewer> = {
  image: lazyPart(async () => (await import('./image-view.tsx')).ImageView),
  audio: lazyPart(async () => (await import('./audio-view.tsx')).AudioView),
  video: lazyPart(async () => (await import('./video-view.tsx')).VideoView),
  pdf: lazyPart(async () => (await import('./pdf-view.tsx')).PdfView),
  markdown: lazyPart(async () => (await import('./markdown-view.tsx')).MarkdownView),
  table: lazyPart(async () => (await import('./table-view.tsx')).TableView),
  notebook: lazyPart(async () => (await import('./notebook-view.tsx')).NotebookView),
  font: lazyPart(async () => (await import('./font-view.tsx')).FontView),
  page: lazyPart(async () => (await import('./page-view.tsx')).PageView),
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
