'use client';

import { AppWindow, AudioLines, BookOpen, FileText, Film, type LucideIcon, NotebookText, Table2, Type } from 'lucide-react';
import Link from 'next/link';
import { EmptyState } from '../base/empty-state.tsx';
import { filesHref, rawHref } from '../files/file-place.ts';
import { NameFirst } from '../files/name-first.tsx';
import { useChangedPaths } from '../files/use-changed-paths.ts';
import { useFreshPage } from '../files/use-fresh-page.ts';
import { ViewBody } from '../thread/view-bar.tsx';
import { type MediaKind, mediaKindOf } from './media-kind.ts';

type OtherKind = Exclude<MediaKind, 'image'>;

/** The kinds in their order; pictures stand above as themselves. */
const others: Record<OtherKind, { title: string; Icon: LucideIcon }> = {
  page: { title: 'Pages', Icon: AppWindow },
  video: { title: 'Videos', Icon: Film },
  audio: { title: 'Sounds', Icon: AudioLines },
  pdf: { title: 'PDFs', Icon: BookOpen },
  notebook: { title: 'Notebooks', Icon: NotebookText },
  table: { title: 'Tables', Icon: Table2 },
  font: { title: 'Fonts', Icon: Type },
  markdown: { title: 'Texts', Icon: FileText },
};
const mostPictures = 500;

/** `shown`: the checkpoint that the paths are of. */
type GalleryProps = { threadId: string; shown: string | null; paths: string[] };

/** Everything of a thread that is more than text, as it stands now. */
export function Gallery({ threadId, shown, paths }: GalleryProps) {
  useFreshPage(shown);
  const changed = useChangedPaths();
  const byKind = Map.groupBy(paths, (path) => mediaKindOf(path));
  const pictures = byKind.get('image') ?? [];
  return (
    <>
      <h2 className="sr-only">Media</h2>
      <ViewBody>
        {paths.length === 0 && (
          <EmptyState title="No media here yet">
            Pictures, sounds, videos, PDFs, tables, notebooks and pages of this thread come together here.
          </EmptyState>
        )}
        <div className="space-y-6 px-4 pt-4">
          {pictures.length > 0 && (
            <section aria-label="Pictures">
              <h3 className="pb-2 font-semibold text-ink-soft text-xs">Pictures</h3>
              <ul className="grid grid-cols-3 gap-1 sm:grid-cols-5">
                {pictures.slice(0, mostPictures).map((path) => (
                  <li key={path}>
                    <Link
                      href={filesHref({ threadId, path }, 'media')}
                      prefetch={false}
                      className="block aspect-square overflow-clip rounded-lg bg-sunken"
                    >
                      {/* biome-ignore lint/performance/noImgElement: the bytes are an agent's; no optimizer opens them */}
                      <img
                        src={rawHref({ threadId, path, at: (changed.has(path) && shown) || undefined })}
                        alt={path}
                        loading="lazy"
                        decoding="async"
                        className="h-full w-full object-cover"
                      />
                    </Link>
                  </li>
                ))}
              </ul>
            </section>
          )}
          {(Object.keys(others) as OtherKind[]).map((kind) => (
            <Files key={kind} threadId={threadId} paths={byKind.get(kind) ?? []} {...others[kind]} />
          ))}
        </div>
      </ViewBody>
    </>
  );
}

function Files({ threadId, paths, title, Icon }: { threadId: string; paths: string[]; title: string; Icon: LucideIcon }) {
  if (paths.length === 0) return null;
  return (
    <section aria-label={title}>
      <h3 className="pb-1 font-semibold text-ink-soft text-xs">{title}</h3>
      <ul className="divide-y divide-line">
        {paths.map((path) => (
          <li key={path}>
            <Link
              href={filesHref({ threadId, path }, 'media')}
              prefetch={false}
              className="-mx-2 flex min-h-12 items-center gap-3 rounded-lg px-2 py-2 hover:bg-sunken"
            >
              <Icon className="size-4.5 shrink-0 text-ink-soft" aria-hidden />
              <span className="contained min-w-0 flex-1">
                <NameFirst path={path} />
              </span>
            </Link>
          </li>
        ))}
      </ul>
    </section>
  );
}
