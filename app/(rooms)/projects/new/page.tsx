import type { Metadata } from 'next';
import { personContext } from '../../../_server/person-context.ts';
import { NewProjectForm } from '../../../_ui/projects/new-project-form.tsx';
import { Room, RoomHeader } from '../../../_ui/room/room-header.tsx';

export const metadata: Metadata = { title: 'New project' };

export default async function NewProjectPage() {
  await personContext();
  return (
    <Room header={<RoomHeader title="New project" about="Choir keeps its own copy, and never touches yours" back="/" backLabel="Back" />}>
      <NewProjectForm />
    </Room>
  );
}
