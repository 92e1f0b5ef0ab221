import type { DiffLine, FileDiff } from '#lib/core/change.ts';
import { exactText } from './safe-text.ts';

const signs: Record<DiffLine['kind'], string> = { context: ' ', add: '+', delete: '-' };
const mostLines = 20_000;

const style = `:root{color-scheme:light dark}body{margin:0;font:14px/1.45 ui-monospace,monospace}h2{position:sticky;top:0;margin:0;padding:.6em .8em;
font:600 14px system-ui,sans-serif;background:Canvas;border-bottom:1px solid color-mix(in srgb,CanvasText 20%,Canvas);overflow-wrap:anywhere}
p{margin:0;padding:.1em .8em;white-space:pre-wrap;overflow-wrap:anywhere}.a{background:color-mix(in srgb,#2da44e 18%,Canvas)}
.d{background:color-mix(in srgb,#cf222e 16%,Canvas)}.h{color:GrayText;padding-top:.6em}`;

/** A long diff as a page that reads well on a phone: lines wrap, files stay in sight. It runs nothing and fetches nothing. */
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
  const policy = `<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">`;
  return `<!doctype html><meta charset="utf-8">${policy}<meta name="viewport" content="width=device-width"><title>Changes</title><style>${style}</style>${body.join('')}`;
}

function line({ kind, text }: DiffLine): string {
  return `<p class="${kind[0]}">${signs[kind]} ${escapeHtml(exactText(text))}</p>`;
}

function escapeHtml(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;');
}
