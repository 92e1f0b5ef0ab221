import type { Metadata } from 'next';
import type { ReactNode } from 'react';
import { nameMembers } from '#lib/members/name-members.ts';
import { forPage } from '../../../_server/for-page.ts';
import { personContext } from '../../../_server/person-context.ts';
import { readThread } from '../../../_server/read-thread.ts';
import { ThreadPlace } from '../../../_ui/thread/thread-place.tsx';

type ThreadLayoutProps = { params: Promise<{ threadId: string }>; children: ReactNode };

export async function generateMetadata({ params }: ThreadLayoutProps): Promise<Metadata> {
  const { title } = await readThread((await params).threadId);
  return { title: { default: title, template: `%s · ${title}` } };
}

/** What all views of a thread stand in: its live state outlives the way from one view to the next. */
export default async function ThreadLayout({ params, children }: ThreadLayoutProps) {
  const { threadId } = await params;
  const context = await personContext();
  const [thread, names] = await Promise.all([readThread(threadId), nameMembers(context)]);
  return (
    <ThreadPlace key={threadId} initial={forPage(thread)} me={context.actor.userId} names={names}>
      {children}
    </ThreadPlace>
  );
}
