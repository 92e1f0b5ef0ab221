'use client';

/** HTML that somebody else wrote, as a picture of itself: no script, no form, nothing loaded, an origin of its own. */
export function StillFrame({ html, title }: { html: string; title: string }) {
  const policy = `<meta http-equiv="Content-Security-Policy" content="default-src 'none'; img-src data:; style-src 'unsafe-inline'">`;
  const look =
    '<style>:root{color-scheme:light dark}body{margin:8px;font:14px system-ui}table{border-collapse:collapse}td,th{padding:2px 8px;border:1px solid #8884;text-align:right}</style>';
  return (
    <iframe
      title={title}
      sandbox=""
      referrerPolicy="no-referrer"
      loading="lazy"
      srcDoc={`<!doctype html>${policy}${look}${html}`}
      className="h-48 w-full resize-y rounded-lg border border-line bg-raised"
    />
  );
}
