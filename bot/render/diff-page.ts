import type { DiffLine, FileDiff } from '#lib/core/change.ts';
import { diffSigns } from './diff-text.ts';
import { escapeHtml, page } from './page.ts';
import { exactText } from './safe-text.ts';

const mostLines = 20_000;

/** A long diff as a page, up to so many lines. */
export function diffPage(files: FileDiff[]): string {
  let left = mostLines;
  const body = files.map((file) => {
    const name = file.oldPath ? `${file.oldPath} → ${file.path}` : file.path;
    const rows = file.hunks.flatMap(({ newStart, lines }) => [`<p class="h">@ ${newStart}</p>`, ...lines.map(line)]);
    const shown = rows.slice(0, left);
    left -= shown.length;
    const rest = file.truncated || shown.length < rows.length ? '<p class="h">The rest is left out.</p>' : '';
    return `<h2>${escapeHtml(exactText(name))} <small>${file.status} +${file.additions} −${file.deletions}</small></h2>${file.binary ? '<p class="h">binary</p>' : ''}${shown.join('')}${rest}`;
  });
  return page('Changes', body.join(''));
}

function line({ kind, text }: DiffLine): string {
  return `<p class="${kind[0]}">${diffSigns[kind]} ${escapeHtml(exactText(text))}</p>`;
}
