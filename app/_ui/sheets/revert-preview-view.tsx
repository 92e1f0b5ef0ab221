import type { RevertPreview } from '#lib/threads/revert/revert-thread.ts';
import { countFiles, LineCounts } from '../base/change-counts.tsx';
import { FileList } from '../base/file-list.tsx';
import { HostileText } from '../base/hostile-text.tsx';
import { stopWhereItScrolls } from '../base/stop-where-it-scrolls.ts';

export function RevertPreviewView({ preview }: { preview: RevertPreview }) {
  const { changes, parked, cannotUndo, unchanged, scope } = preview;
  return (
    <div className="space-y-4 text-sm">
      {scope !== 'conversation' &&
        (unchanged ? (
          <p className="text-ink-soft">The files are already as they were then: nothing changes.</p>
        ) : (
          <div>
            <p className="tabular mb-1 font-medium">
              {countFiles(changes)} will change <LineCounts {...changes} />
            </p>
            <FileList changes={changes} />
          </div>
        ))}
      {scope === 'conversation' && <p className="text-ink-soft">What came after is folded away. No file changes.</p>}
      {parked.fileCount > 0 && (
        <p className="rounded-lg bg-sunken px-3 py-2">
          {countFiles(parked)} changed by hand since then: kept as a checkpoint of their own first.
        </p>
      )}
      {cannotUndo.length > 0 && (
        <div className="rounded-lg bg-warn-soft px-3 py-2">
          <p className="font-medium text-warn">Stays done, whatever goes back</p>
          <ul ref={stopWhereItScrolls} className="contained scrollbar-quiet max-h-32 list-disc overflow-y-auto pl-5">
            {cannotUndo.map((action, index) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: the same action may stand here twice, and the list never changes
              <li key={index}>
                <HostileText text={action} />
              </li>
            ))}
          </ul>
        </div>
      )}
    </div>
  );
}
