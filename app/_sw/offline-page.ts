/** Nothing of Choir can be asked for here, so the tokens of `globals.css` that it needs are written out. */
const page = `<!doctype html><html lang="en"><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark"><title>Offline · Choir</title>
<style>
:root{color-scheme:light dark;--ink:light-dark(oklch(0.235 0.01 260),oklch(0.945 0.004 85));--soft:light-dark(oklch(0.455 0.012 260),oklch(0.735 0.008 260))}
html{background:light-dark(oklch(0.985 0.003 85),oklch(0.185 0.004 260));color:var(--ink)}
body{font:500 1rem/1.55 Inter,system-ui,sans-serif;margin:0;min-height:100dvh;display:grid;place-content:center;padding:1.5rem;box-sizing:border-box;text-align:center}
h1{font:inherit;margin:0 0 .75rem}p{color:var(--soft);font-size:.875rem;line-height:1.3rem;font-weight:400;margin:0 auto 1rem;max-width:24rem;text-wrap:balance}
nav{display:flex;gap:.5rem;justify-content:center;font-size:.875rem}
a,button{font:inherit;color:inherit;text-decoration:none;display:inline-flex;min-height:2.75rem;align-items:center;padding:0 1rem;border:1px solid light-dark(oklch(0.905 0.005 85),oklch(0.315 0.007 260));border-radius:.75rem;background:light-dark(oklch(1 0 0),oklch(0.222 0.005 260))}
</style>
<main><h1>Offline</h1><p>Choir cannot be reached, and this page is not kept on this device.</p><nav><button onclick="history.back()">Back</button><button onclick="location.reload()">Try again</button><a href="/">All threads</a></nav></main>
<script>
for (const cause of ['online', 'hashchange']) addEventListener(cause, () => location.reload())
let isBusy = false
setInterval(async () => {
  if (document.hidden || isBusy) return
  isBusy = true
  if (await fetch('/api/health', { cache: 'no-store' }).then(({ ok }) => ok, () => false)) location.reload()
  else isBusy = false
}, 3_000)
</script></html>`;

/** Nothing in the page comes from elsewhere, so its own words are all that may run. */
const policy = "default-src 'none'; style-src 'unsafe-inline'; script-src 'unsafe-inline'; connect-src 'self'";

/** In the place of a page that is neither reached nor kept; it goes when Choir answers again, or a sign-in link is opened in its place: that loads nothing by itself. */
export function offlinePage(): Response {
  return new Response(page, { status: 503, headers: { 'content-type': 'text/html; charset=utf-8', 'content-security-policy': policy } });
}
