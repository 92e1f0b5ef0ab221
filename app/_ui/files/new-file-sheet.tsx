'use client';

import { useRouter } from 'next/navigation';
import { type FormEvent, useId, useState } from 'react';
import { sendJson } from '../../_live/request.ts';
import { threadPath } from '../../_live/thread-path.ts';
import { Button } from '../base/button.tsx';
import { Field } from '../base/field.tsx';
import { Notice } from '../base/notice.tsx';
import { Sheet } from '../base/sheet.tsx';
import { useAction } from '../base/use-action.ts';
import { useThreadState } from '../thread/thread-context.tsx';
import { filesHref, newFileHash } from './file-place.ts';

/** Asks where a file of the person should lie, makes it, and opens it to be written. `folder`: where one is now. */
export function NewFileSheet({ threadId, folder, onClose }: { threadId: string; folder: string; onClose(): void }) {
  const router = useRouter();
  const { currentCheckpointId } = useThreadState();
  const [path, setPath] = useState(folder === '' ? '' : `${folder}/`);
  const { busy, failure, act } = useAction();
  const formId = useId();

  async function make(event: FormEvent): Promise<void> {
    event.preventDefault();
    const file = { path: path.trim(), text: '', baseCheckpointId: currentCheckpointId, isNew: true };
    if (!(await act(() => sendJson(threadPath(threadId, '/files'), file, 'PUT')))) return;
    onClose();
    router.push(`${filesHref({ threadId, path: file.path })}${newFileHash}`);
  }

  return (
    <Sheet
      title="New file"
      onClose={onClose}
      actions={
        <Button look="primary" type="submit" form={formId} busy={busy} disabled={/^\s*$|\/\s*$/.test(path)} className="w-full">
          Make file
        </Button>
      }
    >
      <form id={formId} onSubmit={make} className="space-y-3">
        <Field
          label="Path"
          hint="Folders that are not there yet are made too."
          value={path}
          onChange={(event) => setPath(event.target.value)}
          autoFocus
          autoCapitalize="none"
          autoCorrect="off"
          spellCheck={false}
          className="font-mono"
        />
        {failure && <Notice>{failure}</Notice>}
      </form>
    </Sheet>
  );
}
