import { notFound } from 'next/navigation';
import type { ReactNode } from 'react';
import { hasThread } from '#lib/threads/has-thread.ts';
import { personContext } from '../../../_server/person-context.ts';

type ThreadLayoutProps = { params: Promise<{ threadId: string }>; children: ReactNode };

/** Stands above the loading state: once that streams, the answer is 200 and can no longer be 404. */
export default async function ThreadLayout({ params, children }: ThreadLayoutProps) {
  const { threadId } = await params;
  if (!(await hasThread(await personContext(), { threadId }))) notFound();
  return children;
}
