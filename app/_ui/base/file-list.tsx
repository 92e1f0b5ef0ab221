import type { ChangeSummary, FileChange, LeftOut } from '#lib/core/change.ts';
import { formatBytes } from '#lib/core/words/format.ts';
import { LineCounts } from './change-counts.tsx';
import { PathText } from './hostile-text.tsx';

const marks: Record<FileChange['status'], { sign: string; word: string; tone: string }> = {
  added: { sign: 'A', word: 'added', tone: 'text-good' },
  modified: { sign: 'M', word: 'modified', tone: 'text-ink-soft' },
  deleted: { sign: 'D', word: 'deleted', tone: 'text-bad' },
  renamed: { sign: 'R', word: 'renamed', tone: 'text-ink-soft' },
  mode: { sign: 'X', word: 'mode changed', tone: 'text-ink-soft' },
  type: { sign: 'T', word: 'kind changed', tone: 'text-warn' },
};

const reasons: Record<LeftOut['reason'], string> = {
  'dependency-folder': 'dependencies',
  'too-large': 'too large',
  'nested-git': 'a repository of its own',
  unstorable: 'git cannot store it',
};

/** The files of a change with their counts, and what no checkpoint holds. The rest of a long list is counted. */
export function FileList({ changes, limit = 50 }: { changes: ChangeSummary; limit?: number }) {
  const shown = changes.files.slice(0, limit);
  const more = changes.fileCount - shown.length;
  return (
    <div className="text-sm">
      <ul>
        {shown.map((file) => (
          <li key={file.path} className="flex items-baseline gap-2 py-0.5">
            <span className={`w-4 shrink-0 font-mono font-semibold text-xs ${marks[file.status].tone}`} title={marks[file.status].word}>
              <span aria-hidden>{marks[file.status].sign}</span>
              <span className="sr-only">{marks[file.status].word}</span>
            </span>
            <span className="contained min-w-0 flex-1 text-[0.8125rem] leading-5">
              {file.oldPath && (
                <>
                  <PathText path={file.oldPath} /> →{' '}
                </>
              )}
              <PathText path={file.path} />
            </span>
            {file.binary ? <span className="text-ink-soft text-xs">binary</span> : <LineCounts {...file} />}
          </li>
        ))}
      </ul>
      {more > 0 && <p className="py-0.5 pl-6 text-ink-soft">and {more} more</p>}
      <LeftOutNote leftOut={changes.leftOut} />
    </div>
  );
}

export function LeftOutNote({ leftOut }: { leftOut: LeftOut[] }) {
  if (leftOut.length === 0) return null;
  return (
    <div className="mt-2 rounded-lg bg-warn-soft px-3 py-2 text-ink text-xs">
      <p className="font-medium text-warn">Not in any checkpoint, so going back leaves it as it is</p>
      {leftOut.slice(0, 8).map((entry) => (
        <p key={entry.path} className="contained">
          <PathText path={entry.path} /> · {reasons[entry.reason]}
          {entry.bytes > 0 && `, ${formatBytes(entry.bytes)}`}
        </p>
      ))}
      {leftOut.length > 8 && <p>and {leftOut.length - 8} more</p>}
    </div>
  );
}
