import type { ChangeSummary } from '#lib/core/change.ts';
import { Button } from '../base/button.tsx';
import { FileList, LeftOutNote } from '../base/file-list.tsx';
import { stopWhereItScrolls } from '../base/stop-where-it-scrolls.ts';
import { useUnfolded } from '../base/use-unfolded.ts';

const firstFiles = 3;

type EffectFilesProps = { approvalId: string; changes: ChangeSummary };

/** What an approval would keep: all of it where that is short, else its beginning and the way to the rest. While one chooses from the same files, they stand there alone. */
export function EffectFiles({ approvalId, changes }: EffectFilesProps) {
  const [all, setAll] = useUnfolded(`files:${approvalId}`);
  const { files, fileCount } = changes;
  const isLong = files.length > firstFiles + 1;
  return (
    <>
      <div className="group-has-data-keeps/question:hidden">
        {/* Paths may be of any length: only who asks for all of them has the buttons moved. */}
        <div
          ref={stopWhereItScrolls}
          className={`contained ${isLong && all ? '' : 'scrollbar-quiet max-h-[50dvh] overflow-y-auto overscroll-contain'}`}
        >
          <FileList changes={changes} limit={isLong && !all ? firstFiles : files.length} />
        </div>
        {isLong && (
          <Button look="quiet" aria-expanded={all} onClick={() => setAll(!all)} className="-ml-2 px-2">
            {all ? 'Show fewer' : `Show ${files.length < fileCount ? 'the first' : 'all'} ${files.length} files`}
          </Button>
        )}
      </div>
      <div className="hidden group-has-data-keeps/question:block">
        <LeftOutNote leftOut={changes.leftOut} />
      </div>
    </>
  );
}
