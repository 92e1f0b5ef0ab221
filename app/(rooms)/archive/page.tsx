import type { Metadata } from 'next';
import { listThreads } from '#lib/threads/list-threads.ts';
import { threadsAtOnce } from '../../_live/thread-row.ts';
import { personContext } from '../../_server/person-context.ts';
import { Room, RoomHeader } from '../../_ui/room/room-header.tsx';
import { ArchivedThreads } from '../../_ui/threads/archived-threads.tsx';

export const metadata: Metadata = { title: 'Archived' };

export default async function ArchivePage() {
  const context = await personContext();
  const rows = await listThreads(context, { archived: true, limit: threadsAtOnce });
  return (
    <Room header={<RoomHeader title="Archived" about="Back in the list as soon as something happens in them" back="/" backLabel="Back" />}>
      <ArchivedThreads initial={rows} owner={context.actor.role === 'owner'} />
    </Room>
  );
}
