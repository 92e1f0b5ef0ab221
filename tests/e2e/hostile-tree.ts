const outside = 'https://outside.invalid';
const run = 'window.pwned=1;alert(1)';
export const hostileMarkup = `<img src=x onerror="${run}"><script>${run}</script><svg onload="${run}"></svg>`;

const links = [
  `[a](javascript:${run})`,
  `[b](&#106;avascript:${run})`,
  `[c](<java\tscript:${run}>)`,
  `[d](data:text/html,<script>${run}</script>)`,
  `<javascript:${run}>`,
  `[e][e]\n\n[e]: vbscript:${run}`,
  `![f](${outside}/f.png)`,
  `![g](javascript:${run})`,
];
const formulas = [
  `$\\href{javascript:${run}}{x}$`,
  `$\\includegraphics{${outside}/x.png}$`,
  `$\\htmlStyle{background:url(${outside}/x)}{x}$`,
];
const diagrams = [
  `flowchart LR\n  A["${hostileMarkup.replaceAll('"', "'")}"] --> B\n  click A "javascript:${run}"`,
  `%%{init: {"securityLevel": "loose", "htmlLabels": true, "themeCSS": "@import url(${outside}/x.css); * { background: url(${outside}/y) }"}}%%\nflowchart LR\n  A@{ img: "${outside}/z.png" } --> B["<img src='${outside}/w.png'>"]`,
];
const fence = (language: string, text: string) => `\`\`\`${language}\n${text}\n\`\`\``;
const pdf = `%PDF-1.4
1 0 obj<</Type/Catalog/Pages 2 0 R/OpenAction<</S/JavaScript/JS(app.alert(1);window.pwned=1)>>>>endobj
2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj
3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 90 90]/AA<</O<</S/URI/URI(${outside}/pdf)>>>>>>endobj
trailer<</Root 1 0 R>>`;

/** Ways to run a script or to call outside, one file for each renderer, and names that try it themselves. */
export const hostileTree: Readonly<Record<string, string>> = {
  'words.md': [
    hostileMarkup,
    ...links,
    ...formulas,
    ...diagrams.map((source) => fence('mermaid', source)),
    fence('html', hostileMarkup),
  ].join('\n\n'),
  'cells.csv': `name,"${hostileMarkup.replaceAll('"', '""')}"\n"${hostileMarkup.replaceAll('"', '""')}",=HYPERLINK("${outside}")\n`,
  'book.ipynb': JSON.stringify({
    nbformat: 4,
    metadata: {},
    cells: [
      { cell_type: 'markdown', source: [...links, ...formulas].join('\n\n') },
      {
        cell_type: 'code',
        source: hostileMarkup,
        outputs: [
          {
            output_type: 'display_data',
            data: {
              'text/html': `${hostileMarkup}<link rel=stylesheet href="${outside}/x.css"><meta http-equiv=refresh content="0;url=${outside}">`,
            },
          },
          {
            output_type: 'display_data',
            data: { 'image/svg+xml': `<svg xmlns="http://www.w3.org/2000/svg" onload="${run}"><image href="${outside}/i.png"/></svg>` },
          },
          { output_type: 'display_data', data: { 'text/markdown': links.join('\n\n') } },
          { output_type: 'error', traceback: [`\u001b]8;;javascript:${run}\u0007${hostileMarkup}`] },
        ],
      },
    ],
  }),
  'picture.svg': `<svg xmlns="http://www.w3.org/2000/svg" onload="${run}"><script>${run}</script><image href="${outside}/i.png"/><foreignObject>${hostileMarkup}</foreignObject></svg>`,
  'page.html': `${hostileMarkup}<base href="${outside}/"><link rel=stylesheet href="x.css"><iframe src="${outside}"></iframe><meta http-equiv=refresh content="0;url=${outside}">`,
  'paper.pdf': pdf,
  'code.js': `const markup = \`${hostileMarkup}\`; function ${'x'.repeat(300)}() {}\n// \u202e\u001b[2J`,
  '<img src=x onerror=pwned=1>/<svg onload=pwned=1>.txt': hostileMarkup,
  '.agents/skills/markup/SKILL.md': `---\nname: markup\ndescription: '${hostileMarkup}'\n---\n${hostileMarkup}\n`,
};
