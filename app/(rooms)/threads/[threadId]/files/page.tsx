import type { ReactNode } from 'react';
import { listThreadFiles } from '#lib/checkpoints/list-thread-files.ts';
import { readThreadFile } from '#lib/checkpoints/read-thread-file.ts';
import { DomainError } from '#lib/core/domain-error.ts';
import { editLimitBytes } from '#lib/files/save-file.ts';
import { findPoint, type ReviewPoint } from '#lib/review/find-point.ts';
import { orNotFound, personContext } from '../../../../_server/person-context.ts';
import { type PageQuery, readQuery } from '../../../../_server/read-query.ts';
import { readThread } from '../../../../_server/read-thread.ts';
import { FileView } from '../../../../_ui/files/file-view.tsx';
import { FilesView } from '../../../../_ui/files/files-view.tsx';
import { FolderView } from '../../../../_ui/files/folder-view.tsx';
import { NameFirst } from '../../../../_ui/files/name-first.tsx';
import { PointName } from '../../../../_ui/thread/point-name.tsx';
import { ViewBody } from '../../../../_ui/thread/view-bar.tsx';

type FilesPageProps = { params: Promise<{ threadId: string }>; searchParams: PageQuery };

export const metadata = { title: 'Files' };

export default async function FilesPage({ params, searchParams }: FilesPageProps) {
  const { threadId } = await params;
  const { path = '', at, from } = await readQuery(searchParams);
  const context = await personContext();
  const thread = await readThread(threadId);
  const place = { threadId, path, at };
  // All of it at one checkpoint, whatever is made meanwhile. Only what was just sent to a run is in none yet.
  const still = { ...place, at: at ?? thread.currentCheckpointId ?? undefined };
  const entries = await orNull(listThreadFiles(context, still));
  const file = entries ? null : ((await orNull(readThreadFile(context, still))) ?? (await orNotFound(readThreadFile(context, place))));
  const point = await orNotFound(findPoint(context, still));
  const isNow = at === undefined || point?.checkpointId === thread.currentCheckpointId;
  const shown = isNow ? thread.currentCheckpointId : null;
  const above = path.includes('/') ? path.slice(0, path.lastIndexOf('/')) : '';
  const back =
    from === 'media'
      ? { href: `/threads/${threadId}/media`, label: 'Back to Media' }
      : { href: `?${new URLSearchParams({ ...(at ? { at } : {}), path: above })}`, label: 'Up one folder' };
  return (
    <FilesView
      {...place}
      folder={entries ? path : above}
      title={path === '' ? 'All files' : <NameFirst path={path} />}
      about={aboutOf(point, at)}
      back={path === '' ? undefined : back}
    >
      {entries && (
        <ViewBody>
          <FolderView entries={entries} shown={shown} {...place} />
        </ViewBody>
      )}
      {file && (
        <FileView
          key={path}
          file={{ text: readText(file.bytes), size: file.bytes.length, kind: file.kind, oid: file.oid }}
          seq={thread.seq}
          shown={shown}
          base={isNow && file.kind === 'file' ? point : null}
          {...place}
        />
      )}
    </FilesView>
  );
}

function aboutOf(point: ReviewPoint | null, at: string | undefined): ReactNode {
  if (!point) return at?.startsWith('ap_') ? 'What approve would keep' : 'What a rule set aside';
  return (
    <>
      at <PointName point={point} />
    </>
  );
}

async function orNull<Result>(work: Promise<Result>): Promise<Result | null> {
  try {
    return await work;
  } catch (error) {
    if (error instanceof DomainError && error.code === 'not-found') return null;
    throw error;
  }
}

/** null for bytes that are no text, and for more of it than can be edited. */
function readText(bytes: Uint8Array): string | null {
  if (bytes.length > editLimitBytes || bytes.includes(0)) return null;
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    return null;
  }
}
