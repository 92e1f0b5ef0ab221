import { ChevronRight } from 'lucide-react';
import { LineCounts } from '../base/change-counts.tsx';
import { HostileText, PathText } from '../base/hostile-text.tsx';
import type { PatchFile, PatchLine } from './parse-patch.ts';

/** Lines of one file that a page shows; the rest is in the file itself. */
const shownLines = 1_500;
/** A file longer than this stays folded until it is asked for. */
const openLines = 400;

/** A diff made for a phone: lines wrap instead of scrolling away, files fold, and no colour carries meaning alone. Needs no script. */
export function DiffView({ files }: { files: PatchFile[] }) {
  return (
    <div className="space-y-3">
      {files.map((file) => (
        <FileDiff key={file.path} file={file} />
      ))}
    </div>
  );
}

/** Whether lines of the file come before the hunk. */
function beginsLater({ lines: [first] }: PatchFile['hunks'][number]): boolean {
  return first !== undefined && (first.newNumber ?? first.oldNumber ?? 1) > 1;
}

const words = { added: 'new', modified: '', deleted: 'deleted', renamed: 'renamed' };

function FileDiff({ file }: { file: PatchFile }) {
  const lineCount = file.hunks.reduce((total, hunk) => total + hunk.lines.length, 0);
  return (
    <details open={lineCount <= openLines} className="group overflow-clip rounded-card border border-line bg-raised">
      <summary className="contained sticky top-0 z-10 flex min-h-11 items-center gap-2 bg-raised px-3 py-2 text-[0.8125rem] leading-5 group-open:border-line group-open:border-b">
        <ChevronRight className="size-4 shrink-0 text-line-strong transition-transform duration-100 group-open:rotate-90" aria-hidden />
        <span className="min-w-0 flex-1">
          {file.oldPath && (
            <span className="text-ink-soft">
              <PathText path={file.oldPath} /> →{' '}
            </span>
          )}
          <PathText path={file.path} />
          <span className="ml-2 text-ink-soft text-xs">{[words[file.status], file.note].filter(Boolean).join(', ')}</span>
        </span>
        {file.binary ? <span className="text-ink-soft text-xs">binary</span> : <LineCounts {...file} />}
      </summary>
      {file.hunks.map((hunk, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: hunks are their places, and never change
        <div key={index}>
          {beginsLater(hunk) && (
            <p className="contained truncate bg-sunken px-3 py-1 font-mono text-ink-soft text-xs">
              … <HostileText text={hunk.heading} />
            </p>
          )}
          <table className="w-full table-fixed border-collapse font-mono text-[0.8125rem] leading-5">
            <tbody>
              {hunk.lines.slice(0, shownLines).map((line) => (
                <DiffLine key={`${line.oldNumber}:${line.newNumber}`} line={line} />
              ))}
            </tbody>
          </table>
          {hunk.lines.length > shownLines && (
            <p className="px-3 py-2 text-ink-soft text-sm">{hunk.lines.length - shownLines} more lines are not shown.</p>
          )}
        </div>
      ))}
      {file.hunks.length === 0 && (
        <p className="px-3 py-2 text-ink-soft text-sm">{file.binary ? 'Binary: no lines to show.' : 'No line changed.'}</p>
      )}
    </details>
  );
}

const tones = { '+': 'bg-good-soft', '-': 'bg-bad-soft', ' ': '' };
const signs = { '+': 'text-good', '-': 'text-bad', ' ': 'text-transparent' };

function DiffLine({ line }: { line: PatchLine }) {
  return (
    <tr className={tones[line.sign]}>
      <td className="tabular w-10 select-none pr-2 text-right align-top text-ink-soft text-xs leading-5">
        {line.newNumber ?? line.oldNumber}
      </td>
      <td className={`w-4 select-none align-top font-semibold ${signs[line.sign]}`}>{line.sign === '-' ? '−' : line.sign}</td>
      <td dir="ltr" className="contained whitespace-pre-wrap pr-3 align-top">
        <HostileText text={line.text} />
      </td>
    </tr>
  );
}
