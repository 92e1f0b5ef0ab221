import type { Clause, Draft, Rule } from '../reasoner/clause.ts';
import { contentOf } from '../reasoner/literals.ts';
import { pathGroup, pattern, toPath } from '../reasoner/names.ts';
import { reactApp, type TemplateFile } from '../templates/react-app.ts';
import { webPage } from '../templates/web-page.ts';

const making =
  /^(?:create|make|build|scaffold|set\s?up|setup|bootstrap|generate|start|initiali[sz]e|init|write|add|new|develop|spin up)\b/i;
const name = pattern(`\\b(?:called|named|with the name|in(?:to)?\\s+(?:the\\s+|a\\s+)?(?:folder|directory))\\s+(?:the\\s+)?${pathGroup}`);

export const scaffoldReact: Rule = {
  id: 'scaffold-react',
  examples: ['scaffold a React + Vite + TypeScript app', 'create a react app called shop'],
  match(clause, memory) {
    const { text } = clause;
    if (
      !making.test(text) ||
      !/\breact(?:\.?js)?\b/i.test(text) ||
      !/\b(?:app|application|project|site|website|frontend|scaffold|starter|template|vite)\b/i.test(text)
    )
      return null;
    if (
      /\b(?:native|next(?:\.?js)?|remix|component|hook|router|redux)\b/i.test(text) ||
      /\b(?:that|which|where)\s+(?!builds?\b|compiles?\b|works?\b|uses?\s+(?:vite|typescript)|runs?\b)/i.test(text)
    )
      return null;
    const title = toPath(name.exec(text)?.[1], clause, memory);
    const rooted = ![...memory.files].some((file) => /^(?:package\.json|index\.html|src\/)/.test(file));
    const folder = title
      ? title
          .toLowerCase()
          .replace(/[^a-z0-9/._-]+/g, '-')
          .replace(/^[-.]+|[-.]+$/g, '') || 'app'
      : rooted
        ? '.'
        : 'app';
    const packageName = folder === '.' ? 'app' : (folder.split('/').at(-1) ?? 'app');
    const files = reactApp({ name: title ?? 'A new app', packageName });
    return [
      writing(`Write a React, Vite and TypeScript app${folder === '.' ? '' : ` in ${folder}`}`, 'scaffold', folder, files),
      {
        title: 'Install its dependencies',
        kind: 'install',
        task: { do: 'install', packages: [], dev: false, remove: false, ecosystem: 'node', cwd: folder },
        confidence: 0.95,
      },
      {
        title: 'Build it',
        kind: 'command',
        task: { do: 'build', cwd: folder, script: 'build' },
        confidence: 0.95,
        mentions: { app: folder },
      },
    ];
  },
};

function writing(title: string, kind: 'scaffold' | 'edit', folder: string, files: TemplateFile[]): Draft {
  const at = (path: string) => (folder === '.' ? path : `${folder}/${path}`);
  const calls = files.map(({ path, content }) => ({ tool: 'create_file' as const, args: { path: at(path), content } }));
  return {
    title,
    kind,
    task: { do: 'calls', calls },
    confidence: 0.9,
    mentions: { file: at(files.find(({ path }) => path === 'index.html')?.path ?? ''), ...(kind === 'scaffold' ? { app: folder } : {}) },
  };
}

const part = (word: string) =>
  new RegExp(
    `\\b(?:${word})(?:\\s+(?:of|is|as|saying|that says|reading|reads|text|says|called))*\\s*[:=]?\\s*([\\uE000-\\uF8FF]|[^,;\\uE000-\\uF8FF]+?)(?=\\s*(?:,|;|$|\\band\\b\\s+(?:a\\s+|the\\s+)?(?:title|heading|headline|content|text|paragraph|body|h1)))`,
    'isu',
  );
const about = pattern(
  '\\b(?:about|for|that says|saying|which says|titled|entitled|displaying|showing|to show)\\s+(?:my\\s+|our\\s+|a\\s+|an\\s+|the\\s+)?(.+?)(?=\\s*(?:,|$|\\bwith\\b))',
);

export const webPageRule: Rule = {
  id: 'web-page',
  examples: [
    'make a web page with the title "Bakery", heading "Fresh bread" and text "Open daily."',
    'create a landing page for my coffee shop',
  ],
  match(clause, memory) {
    const { text } = clause;
    if (
      !making.test(text) ||
      !/\b(?:(?:web|landing|html|home|static|simple)[\s-]*(?:web\s*)?(?:page|site)|website|homepage|html page)\b/i.test(text)
    )
      return null;
    if (
      /\b(?:react|vue|svelte|angular|next|python|flask|django|login|database|backend|server|todo|game|form|calculator|javascript)\b/i.test(
        text,
      )
    )
      return null;
    const heading = found(part('heading|headline|h1'), clause);
    const subject = found(about, clause);
    const title = found(part('title'), clause) ?? heading ?? (subject ? capital(subject) : 'Welcome');
    const body = found(part('content|contents|text|paragraph|body'), clause);
    const folder =
      toPath(
        pattern(`\\bin(?:to)?\\s+(?:the\\s+|a\\s+)?(?:folder|directory)\\s+(?:called\\s+|named\\s+)?${pathGroup}`).exec(text)?.[1],
        clause,
        memory,
      ) ?? '.';
    const files = webPage({ title, heading: heading ?? title, paragraphs: (body ?? `${title}.`).split(/\n+/) });
    return [writing(`Write a web page: ${title}`, 'edit', folder, files)];
  },
};

function found(form: RegExp, clause: Clause): string | undefined {
  const match = form.exec(clause.text)?.[1];
  return match ? contentOf(match, clause.literals).slice(0, 5_000) || undefined : undefined;
}

function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
