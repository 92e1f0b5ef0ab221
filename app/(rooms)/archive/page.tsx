import type { Metadata } from 'next';
import { listThreads } from '#lib/threads/list-threads.ts';
import { personContext } from '../../_server/person-context.ts';
import { Room, RoomHeader } from '../../_ui/base/room-header.tsx';
import { ArchivedThreads } from '../../_ui/threads/archived-threads.tsx';

export const metadata: Metadata = { title: 'Archived' };

export default async function ArchivePage() {
  const rows = await listThreads(await personContext(), { archived: true });
  return (
    <Room header={<RoomHeader title="Archived" about="Back in the list as soon as something happens in them" back="/" backLabel="Back" />}>
      <ArchivedThreads initial={rows} />
    </Room>
  );
}
