import { openTimeline } from '#lib/history/open-timeline.ts';
import { orNotFound, personContext } from '../../../../_server/person-context.ts';
import { type PageQuery, readQuery } from '../../../../_server/read-query.ts';
import { pageSize } from '../../../../_ui/timeline/ledger-pages.ts';
import { parseFilter } from '../../../../_ui/timeline/timeline-filter.ts';
import { TimelineView } from '../../../../_ui/timeline/timeline-view.tsx';

type TimelinePageProps = { params: Promise<{ threadId: string }>; searchParams: PageQuery };

export const metadata = { title: 'Timeline' };

export default async function TimelinePage({ params, searchParams }: TimelinePageProps) {
  const { threadId } = await params;
  const asked = await readQuery(searchParams);
  const filter = parseFilter(asked);
  const at = /^\d{1,9}$/.test(asked.at ?? '') ? Number(asked.at) : null;
  const context = await personContext();
  const { seqs, through, ...rest } = await orNotFound(openTimeline(context, { threadId, filter, at, pageSize }));
  return <TimelineView filter={filter} index={{ seqs, through }} at={at} {...rest} />;
}
