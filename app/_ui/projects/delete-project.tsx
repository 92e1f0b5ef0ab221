'use client';

import { useRouter } from 'next/navigation';
import { DeleteButton } from '../base/delete-button.tsx';

export function DeleteProject({ projectId, name }: { projectId: string; name: string }) {
  const router = useRouter();
  return (
    <DeleteButton
      label={`Delete the project ${name}`}
      warning={`Delete the project "${name}" for good, with all its threads, files and checkpoints?`}
      path={`/api/projects/${encodeURIComponent(projectId)}`}
      onDeleted={() => {
        router.push('/settings');
        router.refresh();
      }}
    />
  );
}
