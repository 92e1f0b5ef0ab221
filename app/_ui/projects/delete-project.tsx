'use client';

import { useRouter } from 'next/navigation';
import { DeleteButton } from '../base/delete-button.tsx';

export function DeleteProject({ projectId, name }: { projectId: string; name: string }) {
  const router = useRouter();
  return (
    <DeleteButton
      label={`Delete the project ${name}`}
      warning="All its threads, files and checkpoints go with it. What was pushed elsewhere stays there."
      path={`/api/projects/${encodeURIComponent(projectId)}`}
      onDeleted={() => {
        router.push('/settings');
        router.refresh();
      }}
    />
  );
}
