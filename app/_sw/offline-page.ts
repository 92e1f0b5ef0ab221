const page = `<!doctype html><html lang="en"><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark"><title>Offline · Choir</title>
<style>body{font:16px/1.5 system-ui,sans-serif;margin:0;min-height:100dvh;display:grid;place-content:center;padding:2rem;max-width:28rem;margin:auto}a{color:inherit;display:inline-flex;min-height:44px;align-items:center;margin-right:1.5rem}</style>
<main><h1>Offline</h1><p>Choir cannot be reached, and this page is not kept on this device.</p><p><a href="">Try again</a><a href="/">All threads</a></p></main>
<script>addEventListener('online', () => location.reload())</script></html>`;

/** Nothing in the page comes from elsewhere, so its own words are all that may run. */
const policy = "default-src 'none'; style-src 'unsafe-inline'; script-src 'unsafe-inline'";

/** In the place of a page that is neither reached nor kept; it goes when the network is back. */
export function offlinePage(): Response {
  return new Response(page, { status: 503, headers: { 'content-type': 'text/html; charset=utf-8', 'content-security-policy': policy } });
}
