import type { TemplateFile } from './react-app.ts';

/** A static page that reads well on a phone and on a desktop, light and dark. Texts are plain text, never HTML. */
export function webPage({ title, heading, paragraphs }: { title: string; heading: string; paragraphs: string[] }): TemplateFile[] {
  const body = paragraphs.map((paragraph) => `      <p>${escapeHtml(paragraph)}</p>`).join('\n');
  const html = `<!doctype html>
<html lang="en">
  <head>
    <meta charset="utf-8" />
    <meta name="viewport" content="width=device-width, initial-scale=1" />
    <title>${escapeHtml(title)}</title>
    <link rel="stylesheet" href="style.css" />
  </head>
  <body>
    <main>
      <h1>${escapeHtml(heading)}</h1>
${body}
    </main>
  </body>
</html>
`;
  return [
    { path: 'index.html', content: html },
    { path: 'style.css', content: style },
  ];
}

function escapeHtml(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;');
}

const style = `:root {
  color-scheme: light dark;
  --paper: light-dark(#fbfaf7, #14161a);
  --ink: light-dark(#1f2328, #e8e6e1);
  --accent: light-dark(#b4532a, #f0a37f);
}

* {
  box-sizing: border-box;
}

body {
  min-height: 100vh;
  margin: 0;
  display: grid;
  place-items: center;
  background: var(--paper);
  color: var(--ink);
  font: 1.125rem/1.65 system-ui, sans-serif;
}

main {
  width: min(38rem, 100%);
  padding: 3rem 1.5rem;
}

h1 {
  margin: 0 0 1.5rem;
  font-size: clamp(2.25rem, 9vw, 4rem);
  line-height: 1.05;
  letter-spacing: -0.03em;
  text-wrap: balance;
}

h1::after {
  content: "";
  display: block;
  width: 4rem;
  height: 0.3rem;
  margin-top: 1.25rem;
  border-radius: 1rem;
  background: var(--accent);
}

p {
  margin: 0 0 1rem;
  text-wrap: pretty;
}
`;
