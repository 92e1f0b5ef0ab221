import type { Parser } from '@lezer/common';
import type { StreamMode } from './stream-mode.ts';

/** A grammar: a tree parser that recovers from any text, or a mode that reads line by line. */
export type CodeLanguage = { kind: 'tree'; parser: Parser } | { kind: 'stream'; mode: StreamMode };

type Loader = () => Promise<CodeLanguage>;

function tree(load: () => Promise<Parser>): Loader {
  return async () => ({ kind: 'tree', parser: await load() });
}

function stream(load: () => Promise<StreamMode>): Loader {
  return async () => ({ kind: 'stream', mode: await load() });
}

/** Each grammar is a chunk of its own, and is loaded for a file that is in sight. */
const grammars = {
  c: tree(async () => (await import('@lezer/cpp')).parser),
  css: tree(async () => (await import('@lezer/css')).parser),
  go: tree(async () => (await import('@lezer/go')).parser),
  html: tree(async () => (await import('@lezer/html')).parser),
  java: tree(async () => (await import('@lezer/java')).parser),
  js: tree(async () => (await import('@lezer/javascript')).parser.configure({ dialect: 'jsx' })),
  json: tree(async () => (await import('@lezer/json')).parser),
  md: tree(async () => (await import('@lezer/markdown')).parser),
  py: tree(async () => (await import('@lezer/python')).parser),
  rs: tree(async () => (await import('@lezer/rust')).parser),
  ts: tree(async () => (await import('@lezer/javascript')).parser.configure({ dialect: 'ts' })),
  tsx: tree(async () => (await import('@lezer/javascript')).parser.configure({ dialect: 'ts jsx' })),
  xml: tree(async () => (await import('@lezer/xml')).parser),
  yaml: tree(async () => (await import('@lezer/yaml')).parser),
  cmake: stream(async () => (await import('@codemirror/legacy-modes/mode/cmake')).cmake),
  csharp: stream(async () => (await import('@codemirror/legacy-modes/mode/clike')).csharp),
  dart: stream(async () => (await import('@codemirror/legacy-modes/mode/clike')).dart),
  diff: stream(async () => (await import('@codemirror/legacy-modes/mode/diff')).diff),
  docker: stream(async () => (await import('@codemirror/legacy-modes/mode/dockerfile')).dockerFile),
  haskell: stream(async () => (await import('@codemirror/legacy-modes/mode/haskell')).haskell),
  ini: stream(async () => (await import('@codemirror/legacy-modes/mode/properties')).properties),
  kotlin: stream(async () => (await import('@codemirror/legacy-modes/mode/clike')).kotlin),
  less: stream(async () => (await import('@codemirror/legacy-modes/mode/css')).less),
  lua: stream(async () => (await import('@codemirror/legacy-modes/mode/lua')).lua),
  nginx: stream(async () => (await import('@codemirror/legacy-modes/mode/nginx')).nginx),
  perl: stream(async () => (await import('@codemirror/legacy-modes/mode/perl')).perl),
  powershell: stream(async () => (await import('@codemirror/legacy-modes/mode/powershell')).powerShell),
  proto: stream(async () => (await import('@codemirror/legacy-modes/mode/protobuf')).protobuf),
  r: stream(async () => (await import('@codemirror/legacy-modes/mode/r')).r),
  ruby: stream(async () => (await import('@codemirror/legacy-modes/mode/ruby')).ruby),
  scala: stream(async () => (await import('@codemirror/legacy-modes/mode/clike')).scala),
  scss: stream(async () => (await import('@codemirror/legacy-modes/mode/css')).sCSS),
  shell: stream(async () => (await import('@codemirror/legacy-modes/mode/shell')).shell),
  sql: stream(async () => (await import('@codemirror/legacy-modes/mode/sql')).standardSQL),
  swift: stream(async () => (await import('@codemirror/legacy-modes/mode/swift')).swift),
  toml: stream(async () => (await import('@codemirror/legacy-modes/mode/toml')).toml),
} satisfies Record<string, Loader>;
type Grammar = keyof typeof grammars;

/** Of file names, and what people write beside a block of code. */
const endings = new Map<string, Grammar>(
  Object.entries({
    c: 'c cc cpp cxx h hh hpp hxx ino c++',
    css: 'css',
    go: 'go golang',
    html: 'html htm vue svelte',
    java: 'java',
    js: 'js jsx mjs cjs javascript',
    json: 'json jsonc json5 webmanifest ipynb map',
    md: 'md markdown mdx',
    py: 'py pyi pyw python python3',
    rs: 'rs rust',
    ts: 'ts mts cts typescript',
    tsx: 'tsx',
    xml: 'xml svg xsd xsl plist csproj',
    yaml: 'yaml yml',
    cmake: 'cmake',
    csharp: 'cs csharp',
    dart: 'dart',
    diff: 'diff patch',
    haskell: 'hs haskell',
    ini: 'ini cfg conf properties env',
    kotlin: 'kt kts kotlin',
    less: 'less',
    lua: 'lua',
    perl: 'pl pm perl',
    powershell: 'ps1 psm1 powershell',
    proto: 'proto protobuf',
    r: 'r',
    ruby: 'rb rake gemspec ruby',
    scala: 'scala',
    scss: 'scss sass',
    shell: 'sh bash zsh fish shell console',
    sql: 'sql',
    swift: 'swift',
    toml: 'toml lock',
  } satisfies Partial<Record<Grammar, string>>).flatMap(([grammar, names]) =>
    names.split(' ').map((ending) => [ending, grammar as Grammar] as const),
  ),
);

const wholeNames = new Map<string, Grammar>(
  Object.entries({
    dockerfile: 'docker',
    containerfile: 'docker',
    gemfile: 'ruby',
    rakefile: 'ruby',
    'cmakelists.txt': 'cmake',
    'nginx.conf': 'nginx',
    'package-lock.json': 'json',
    '.bashrc': 'shell',
    '.profile': 'shell',
    '.env': 'ini',
    '.gitconfig': 'ini',
    '.editorconfig': 'ini',
  } satisfies Record<string, Grammar>),
);

function grammarOf(path: string): Grammar | null {
  const name = path.slice(path.lastIndexOf('/') + 1).toLowerCase();
  const ending = name.slice(name.lastIndexOf('.') + 1);
  return wholeNames.get(name) ?? endings.get(ending) ?? null;
}

const loaded = new Map<Grammar, Promise<CodeLanguage | null>>();

/** The grammar for a file by its name, or for a language by its own; null where there is none, or it cannot be had now: then the text stays plain. */
export function loadLanguage(path: string): Promise<CodeLanguage | null> {
  const grammar = grammarOf(path);
  if (!grammar) return Promise.resolve(null);
  const known = loaded.get(grammar);
  if (known) return known;
  const loading = grammars[grammar]().catch(() => {
    loaded.delete(grammar);
    return null;
  });
  loaded.set(grammar, loading);
  return loading;
}
