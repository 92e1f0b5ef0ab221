export const staticPageTemplate = {
  'README.md': `# Static page

Open \`index.html\` in a browser, or serve the folder with any web server.
`,
  'index.html': `<!doctype html>
<html lang="en">
  <head>
    <meta charset="utf-8">
    <meta name="viewport" content="width=device-width, initial-scale=1">
    <title>Hello</title>
    <link rel="stylesheet" href="style.css">
  </head>
  <body>
    <main>
      <h1>Hello</h1>
      <p>Now it is <time></time>.</p>
    </main>
    <script src="main.js"></script>
  </body>
</html>
`,
  'style.css': `:root {
  color-scheme: light dark;
  font-family: system-ui, sans-serif;
}

main {
  max-width: 40rem;
  margin: 4rem auto;
  padding: 0 1rem;
}
`,
  'main.js': `const clock = document.querySelector('time');

function show() {
  clock.textContent = new Date().toLocaleTimeString();
}

show();
setInterval(show, 1000);
`,
};
