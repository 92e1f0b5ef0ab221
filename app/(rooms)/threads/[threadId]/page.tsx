import type { Metadata } from 'next';
import { cache } from 'react';
import { getThread } from '#lib/threads/get-thread.ts';
import { agentChoices } from '../../../_server/agent-choices.ts';
import { orNotFound, personContext } from '../../../_server/person-context.ts';
import { ThreadRoom } from '../../../_ui/thread/thread-room.tsx';

type ThreadPageProps = { params: Promise<{ threadId: string }> };

const readThread = cache(async (threadId: string) => orNotFound(getThread(await personContext(), { threadId })));

export async function generateMetadata({ params }: ThreadPageProps): Promise<Metadata> {
  return { title: (await readThread((await params).threadId)).title };
}

export default async function ThreadPage({ params }: ThreadPageProps) {
  const { threadId } = await params;
  const context = await personContext();
  return <ThreadRoom key={threadId} initial={await readThread(threadId)} me={context.actor.userId} agents={agentChoices(context)} />;
}
