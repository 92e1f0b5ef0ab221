const style = `:root{color-scheme:light dark}body{margin:0;font:14px/1.45 ui-monospace,monospace}h2{position:sticky;top:0;margin:0;padding:.6em .8em;
font:600 14px system-ui,sans-serif;background:Canvas;border-bottom:1px solid color-mix(in srgb,CanvasText 20%,Canvas);overflow-wrap:anywhere}
p{margin:0;padding:.1em .8em;white-space:pre-wrap;overflow-wrap:anywhere}.a{background:color-mix(in srgb,#2da44e 18%,Canvas)}
.d{background:color-mix(in srgb,#cf222e 16%,Canvas)}.h{color:GrayText;padding-top:.6em}.t{padding:.8em}`;
const policy = `<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">`;

/** A page that reads well on a phone: lines wrap, headings stay in sight. It runs nothing and fetches nothing. `body` is HTML, escaped already. */
export function page(title: string, body: string): string {
  return `<!doctype html><meta charset="utf-8">${policy}<meta name="viewport" content="width=device-width"><title>${escapeHtml(title)}</title><style>${style}</style>${body}`;
}

/** A long text as such a page. */
export function textPage(title: string, text: string): string {
  return page(title, `<p class="t">${escapeHtml(text)}</p>`);
}

export function escapeHtml(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;');
}
