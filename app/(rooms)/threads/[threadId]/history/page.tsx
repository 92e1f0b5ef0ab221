import { readThreadGraph } from '#lib/history/read-thread-graph.ts';
import { orNotFound, personContext } from '../../../../_server/person-context.ts';
import { HistoryView } from '../../../../_ui/history/history-view.tsx';

type HistoryPageProps = { params: Promise<{ threadId: string }> };

/** Checkpoints that the first picture has; the rest is read as one goes there. */
const firstCheckpoints = 200;

export const metadata = { title: 'History' };

export default async function HistoryPage({ params }: HistoryPageProps) {
  const { threadId } = await params;
  return <HistoryView initial={await orNotFound(readThreadGraph(await personContext(), { threadId, limit: firstCheckpoints }))} />;
}
