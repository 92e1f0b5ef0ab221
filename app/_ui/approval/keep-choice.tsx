'use client';

import { ListChecks } from 'lucide-react';
import { type ReactNode, useState } from 'react';
import type { FileChange } from '#lib/core/change.ts';
import { Button } from '../base/button.tsx';
import { KeepFiles, type KeepFilesProps } from './keep-files.tsx';
import { useParts } from './use-parts.ts';

type KeepChoiceProps = Omit<KeepFilesProps, 'onFold'>;

/** Offers to choose what stays, lets one choose, and makes room again for what is chosen from. */
export function KeepChoice(props: KeepChoiceProps) {
  const [choosing, setChoosing] = useState(false);
  const { approvalId, files } = props;
  const [file, ...others] = files;
  if (choosing) return <KeepFiles {...props} onFold={() => setChoosing(false)} />;
  const offer = (
    <Button look="quiet" aria-expanded={false} onClick={() => setChoosing(true)} className="-ml-2 px-2">
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
  return useParts(approvalId, file).isChoice ? children : null;
}
