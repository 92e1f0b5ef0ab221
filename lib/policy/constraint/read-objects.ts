import { posix } from 'node:path';
import { knownPrograms } from '../network-commands.ts';
import { onlyQuoted } from './quotes.ts';

const article = /^(?:the|our|my|your|any|all|every|each|its|their)\s+(?:of\s+the\s+)?/i;

/** Names that persons use for more than one path. */
const families: [RegExp, string[]][] = [
  [/^tests?$/i, ['**/{test,tests,__tests__,spec,specs}/**', '**/*.{test,spec}.*', '**/{test_*,*_test}.*']],
  [/^(?:docs?|documentation)$/i, ['**/{doc,docs}/**', '**/*.{md,mdx,rst,adoc}']],
  [/^lock[- ]?files?$/i, ['**/{package-lock.json,npm-shrinkwrap.json,pnpm-lock.yaml,bun.lockb,go.sum,*.lock,*.lockfile}']],
  [/^(?:ci|ci config(?:uration)?|workflows?|pipelines?)$/i, ['.github/**', '.gitlab-ci.yml', '.circleci/**', '**/Jenkinsfile']],
  [/^(?:env(?:ironment)? files?|secrets|\.env files?)$/i, ['**/.env*', '**/*.env']],
  [/^migrations?$/i, ['**/{migration,migrations}/**']],
];

/** Endings of the files that persons call by a language. */
const endings: Readonly<Record<string, string>> = {
  typescript: 'ts,tsx,mts,cts',
  ts: 'ts,tsx,mts,cts',
  javascript: 'js,jsx,mjs,cjs',
  js: 'js,jsx,mjs,cjs',
  python: 'py,pyi',
  rust: 'rs',
  markdown: 'md,mdx',
  yaml: 'yaml,yml',
  shell: 'sh,bash',
  image: 'png,jpg,jpeg,gif,svg,webp',
  ...Object.fromEntries(
    ['sql', 'css', 'html', 'json', 'toml', 'java', 'php', 'csv', 'xml', 'go', 'py', 'md', 'sh'].map((one) => [one, one]),
  ),
};

/** Words that stand where a path could, and are none. */
const noPath =
  /^(?:it|its|this|that|them|these|those|me|us|more|less|else|others?|new|old|all|nothing|behaviou?r|functionality|semantics|logic|formatting|naming|history|code|dotfiles|disk|touch|change|edit|modify|write|create|rename|move|delete|remove|update|run|use|install|push|publish)$/i;

/** Globs of the paths that a phrase names, wherever in the tree they are; null when it names none. */
export function readPaths(phrase: string, parts: string[]): string[] | null {
  const { name, sure, family } = readName(phrase, parts);
  if (family) return family;
  if (!sure && (!plainName.test(name) || article.test(phrase))) return null;
  const glob = toGlob(name);
  return glob ? [glob.anchored ? glob.text : `**/${glob.text}`] : null;
}

/** The same for paths that are left out of a rule: a bare name stands for the one at the root. */
export function readExactPaths(phrase: string, parts: string[]): string[] | null {
  const { name, sure, family } = readName(phrase, parts);
  if (family) return family;
  if (!sure && !plainName.test(name)) return null;
  const glob = toGlob(name);
  return glob ? [glob.anchored || !glob.wild ? glob.text : `**/${glob.text}`] : null;
}

const plainName = /^[\w@.*?/()[\]{},-]+$/;

/** `sure`: it is a path by its own look or by the words around it. `family`: the globs of what has a name of its own. */
function readName(phrase: string, parts: string[]): { name: string; sure: boolean; family?: string[] } {
  const bare = phrase.trim().replace(article, '');
  const noun = /\s+(?:folders?|director(?:y|ies)|dirs?|files?|paths?|trees?)$/i;
  const before = /^(?:folders?|director(?:y|ies)|dirs?|files?|paths?)\s+(?:called\s+|named\s+)?/i;
  const name = bare.replace(noun, '').replace(before, '');
  const quoted = onlyQuoted(name, parts);
  if (quoted !== null) return { name: quoted.trim(), sure: true };
  const family = families.find(([pattern]) => pattern.test(name) || pattern.test(bare))?.[1];
  if (family) return { name, sure: true, family };
  const isPath = (/[/*]|\.\w/.test(name) && !/\s/.test(name)) || /^(?:[A-Z][a-z]+file|[A-Z]{4,}[A-Z_]*)$/.test(name);
  if (isPath) return { name, sure: true };
  // "new files" names no folder `new`, "sql files" those that end so.
  if (/\sfiles?$/i.test(bare)) {
    const ending = Object.hasOwn(endings, name.toLowerCase()) ? endings[name.toLowerCase()] : undefined;
    if (ending !== undefined) return { name, sure: true, family: [`**/*.${ending.includes(',') ? `{${ending}}` : ending}`] };
    return { name: bare, sure: false };
  }
  return noPath.test(name) ? { name: '', sure: false } : { name, sure: name !== bare && !/\s/.test(name) };
}

function toGlob(name: string): { text: string; anchored: boolean; wild: boolean } | null {
  const path = posix.normalize(name.replaceAll('\\', '/')).replace(/^\/|\/$/g, '');
  if (path === '' || path === '.' || path.startsWith('..') || path.startsWith('~') || path.includes('\0')) return null;
  // Each star may take any length of a hostile path: a few of them cost as much as reading it many times over.
  if ((path.match(/\*+/g) ?? []).length > 4) return null;
  const wild = /[*?]/.test(path);
  const choice = /^[^{}]*\{[\w.*-]+(?:,[\w.*-]+)+\}[^{}]*$/.test(path);
  const text = path.replaceAll(choice ? /[[\]()!+@|]/g : /[[\](){}!+@|]/g, '\\$&');
  return { text: wild ? text : `${text}/**`, anchored: path.includes('/') || name.startsWith('/') || name.startsWith('./'), wild };
}

/** A host name or `*.name`, also out of an address; null for anything else. */
export function readHost(phrase: string, parts: string[]): string | null {
  const text = (onlyQuoted(phrase, parts) ?? phrase.trim().replace(article, '')).replace(/^(?:host|domain|site|server)\s+/i, '');
  const isFile =
    /\.(?:jsx?|tsx?|json|md|py|rs|go|rb|php|toml|ya?ml|lock|txt|sh|sql|html?|css|env|cfg|ini|xml)$/i.test(text) && !text.includes('://');
  if (isFile) return null;
  const host = URL.canParse(text) && text.includes('://') ? new URL(text).hostname : text.replace(/[:/].*$/, '');
  return /^(?:\*\.)?(?:[a-z0-9](?:[a-z0-9-]*[a-z0-9])?\.)+[a-z]{2,}$|^localhost$|^\d+(?:\.\d+){3}$/i.test(host) ? host.toLowerCase() : null;
}

/** Words of a sentence rather than of a command. */
const prose =
  /^(?:an?|the|any|my|our|your|on|in|into|for|with|to|from|of|by|at|it|this|that|them|again|before|after|without|unless|while|when|if|ever|instead|please|yourself)$/i;

/** The words that a command begins with; null when no program is named. */
export function readCommand(phrase: string, parts: string[]): string[] | null {
  const bare = phrase
    .trim()
    .replace(article, '')
    .replace(/^(?:commands?|programs?)\s+/i, '')
    .replace(/\s+(?:(?:commands?|programs?)|(?:(?:on|with)\s+)?(?:anything|something|stuff)(?:\s+at all)?)$/i, '');
  const quoted = onlyQuoted(bare, parts);
  const words = (quoted ?? bare).trim().split(/\s+/).slice(0, 50);
  const [program = ''] = words;
  if (program === '' || /[|&;<>$`()]/.test(words.join(' '))) return null;
  if (quoted === null && words.slice(1).some((word) => prose.test(word))) return null;
  return quoted !== null || knownPrograms.has(program.toLowerCase()) || /^\.{0,2}\/|\.(sh|py|js|ts|rb)$/.test(program) ? words : null;
}

/** US dollars. */
export function readMoney(phrase: string): number | null {
  const text = phrase
    .trim()
    .replaceAll(/,(?=\d{3}\b)/g, '')
    .replace(/\s*(?:usd|us dollars?|dollars?|bucks)$|^(?:usd|us\$|\$)\s*|\s*\$$/gi, '');
  const cents = /^(\d+)\s*cents?$/i.exec(text)?.[1];
  if (cents !== undefined) return Number(cents) / 100;
  return /^\d+(?:\.\d+)?$/.test(text) && text !== phrase.trim() ? Number(text) : null;
}
