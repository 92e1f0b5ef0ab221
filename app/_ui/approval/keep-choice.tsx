'use client';

import { ListChecks } from 'lucide-react';
import { type ReactNode, useState } from 'react';
import type { FileChange } from '#lib/core/change.ts';
import { Button } from '../base/button.tsx';
import { KeepFiles, type KeepFilesProps } from './keep-files.tsx';
import { useParts } from './use-parts.ts';

/** Offers to choose what stays, and then lets one choose. */
export function KeepChoice(props: KeepFilesProps) {
  const [choosing, setChoosing] = useState(false);
  const { approvalId, files } = props;
  const [file, ...others] = files;
  if (choosing) return <KeepFiles {...props} />;
  const offer = (
    <Button look="quiet" onClick={() => setChoosing(true)} className="-ml-2 px-2">
      <ListChecks className="size-4" aria-hidden />
      Choose what to keep
    </Button>
  );
  return file && others.length === 0 ? (
    <WhereParted approvalId={approvalId} file={file}>
      {offer}
    </WhereParted>
  ) : (
    offer
  );
}

/** A single file is no choice where its change is all one part, or too long to be taken apart. */
function WhereParted({ approvalId, file, children }: { approvalId: string; file: FileChange; children: ReactNode }) {
  const { parts, isWhole, failure } = useParts(approvalId, file);
  return failure || (isWhole && parts && parts.length > 1) ? children : null;
}
