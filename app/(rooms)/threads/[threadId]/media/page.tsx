import { listPaths } from '#lib/files/list-paths.ts';
import { orNotFound, personContext } from '../../../../_server/person-context.ts';
import { readThread } from '../../../../_server/read-thread.ts';
import { Gallery } from '../../../../_ui/media/gallery.tsx';
import { mediaKindOf } from '../../../../_ui/media/media-kind.ts';

type MediaPageProps = { params: Promise<{ threadId: string }> };

export const metadata = { title: 'Media' };

export default async function MediaPage({ params }: MediaPageProps) {
  const { threadId } = await params;
  const { currentCheckpointId } = await readThread(threadId);
  const { paths } = await orNotFound(listPaths(await personContext(), { threadId }));
  return <Gallery threadId={threadId} shown={currentCheckpointId} paths={paths.filter((path) => mediaKindOf(path) !== null)} />;
}
