import type { ReactNode } from 'react';
import type { ThreadState } from '#lib/core/state.ts';
import { listComments } from '#lib/review/list-comments.ts';
import { type Review, reviewChanges } from '#lib/review/review-changes.ts';
import { orNotFound, personContext } from '../../../../_server/person-context.ts';
import { type PageQuery, readQuery } from '../../../../_server/read-query.ts';
import { readThread } from '../../../../_server/read-thread.ts';
import { EmptyState } from '../../../../_ui/base/empty-state.tsx';
import { SentenceWithCode } from '../../../../_ui/base/hostile-text.tsx';
import { ReviewView } from '../../../../_ui/review/review-view.tsx';
import { UnsentComments } from '../../../../_ui/review/unsent-comments.tsx';
import { PointName } from '../../../../_ui/thread/point-name.tsx';
import { ViewBar } from '../../../../_ui/thread/view-bar.tsx';

type ChangesPageProps = { params: Promise<{ threadId: string }>; searchParams: PageQuery };

export const metadata = { title: 'Changes' };

export default async function ChangesPage({ params, searchParams }: ChangesPageProps) {
  const { threadId } = await params;
  const asked = await readQuery(searchParams);
  const deeper = asked.from !== undefined || asked.to !== undefined;
  const { from, to } = deeper ? asked : { from: 'start', to: undefined };
  const context = await personContext();
  const thread = await readThread(threadId);
  const [review, comments] = await Promise.all([
    orNotFound(reviewChanges(context, { threadId, from, to })),
    listComments(context, { threadId }),
  ]);
  const range = {
    threadId,
    from: review.from?.checkpointId ?? from,
    to: review.to?.checkpointId ?? to,
    canRevert: review.from !== null && review.to !== null,
  };
  return (
    <>
      <ViewBar
        title={titleOf(review, from, to)}
        about={explanationOf(thread, to)}
        back={deeper ? { href: `/threads/${threadId}/changes`, label: 'All changes of this thread' } : undefined}
      />
      {!deeper && (
        <UnsentComments threadId={threadId} changed={review.files.flatMap(({ path, oldPath }) => [path, ...(oldPath ? [oldPath] : [])])} />
      )}
      {review.files.length === 0 ? (
        <EmptyState title="Nothing changed here" />
      ) : (
        <ReviewView files={review.files} range={range} to={review.to} follows={to === undefined || to === 'current'} comments={comments} />
      )}
    </>
  );
}

function titleOf(review: Review, from: string | undefined, to: string | undefined): ReactNode {
  if (to === undefined && from === 'start') return 'All changes of this thread';
  if (to?.startsWith('ap_')) return 'What approve would keep';
  if (!review.to) return 'What a rule set aside';
  if (from !== undefined && review.from) return `From #${review.from.number} to #${review.to.number}`;
  return <PointName point={review.to} />;
}

/** Why the agent wants what an approval shows, in its own words, where the run still holds the call. */
function explanationOf({ run }: ThreadState, to: string | undefined) {
  const callId = run?.approvals.find(({ approvalId }) => approvalId === to)?.callId;
  const call = run?.calls.find((candidate) => candidate.callId === callId);
  if (!call?.explanation) return undefined;
  const sure = call.confidence === undefined ? '' : ` (${Math.round(call.confidence * 100)} % sure)`;
  return <SentenceWithCode text={`${call.explanation}${sure}`} />;
}
