import { Download } from 'lucide-react';
import { formatBytes } from '#lib/core/format.ts';
import { buttonClass } from '../base/button.tsx';
import { EmptyState } from '../base/empty-state.tsx';
import { HostileText } from '../base/hostile-text.tsx';
import { mediaKindOf } from '../media/media-kind.ts';
import { MediaView } from '../media/media-view.tsx';
import { type FilePlace, rawHref } from './file-place.ts';

const shownBytes = 512 * 1024;
const shownLines = 5_000;

/** One file as media or as safe text; anything else can be taken away. */
export function FileView({ file, ...place }: FilePlace & { file: { bytes: Uint8Array; kind: 'file' | 'symlink' } }) {
  const { bytes, kind } = file;
  const text = readText(bytes);
  const media = kind === 'file' ? mediaKindOf(place.path) : null;
  return (
    <div>
      <div className="flex items-center justify-between gap-2 px-4 py-2">
        <p className="tabular text-ink-soft text-sm">{kind === 'symlink' ? 'Link to' : formatBytes(bytes.length)}</p>
        <a href={rawHref(place, true)} download className={buttonClass('quiet')}>
          <Download className="size-4" aria-hidden />
          Download
        </a>
      </div>
      {media ? (
        <MediaView file={{ ...place, at: place.at, kind: media, href: rawHref(place) }} />
      ) : text === null ? (
        <EmptyState title={bytes.length > shownBytes ? 'Too large to show' : 'Not text'}>Download it to look at it.</EmptyState>
      ) : (
        <Lines text={text} />
      )}
    </div>
  );
}

function Lines({ text }: { text: string }) {
  const lines = text.replace(/\n$/, '').split('\n');
  return (
    <>
      <table className="w-full table-fixed border-collapse font-mono text-[0.8125rem] leading-5">
        <tbody>
          {lines.slice(0, shownLines).map((line, index) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: lines are their numbers
            <tr key={index}>
              <td className="tabular w-12 select-none pr-3 text-right align-top text-ink-soft text-xs leading-5">{index + 1}</td>
              <td dir="ltr" className="contained whitespace-pre-wrap pr-4 align-top">
                <HostileText text={line} />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
      {lines.length > shownLines && (
        <p className="px-4 py-3 text-ink-soft text-sm">{lines.length - shownLines} more lines are not shown.</p>
      )}
    </>
  );
}

function readText(bytes: Uint8Array): string | null {
  if (bytes.length > shownBytes || bytes.includes(0)) return null;
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    return null;
  }
}
