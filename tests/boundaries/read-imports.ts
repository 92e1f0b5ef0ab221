import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, normalize, relative } from 'node:path';

/** One import of a source file. `target` is a path in the repository (`lib/core/fold.ts`) or a package (`zod`, `node:fs`). */
export type Import = { target: string; typeOnly: boolean };
/** `path` is relative to the repository. */
export type SourceFile = { path: string; client: boolean; imports: Import[] };

const folders = ['app', 'bot', 'workers', 'lib', 'bin'];
const statement =
  /^[ \t]*(?:import|export)\s+(?:(type)\s+)?((?:[\w$*]+\s*,?\s*)?(?:\{[^}]*\}|\*\s+as\s+[\w$]+|\*)?)\s*from\s*['"]([^'"]+)['"]|^[ \t]*import\s*['"]([^'"]+)['"]|\bimport\(\s*['"]([^'"]+)['"]\s*\)/gm;

/** The product's own source files with their imports; tests are left out, they may reach everywhere. */
export function readSourceFiles(root: string): SourceFile[] {
  return folders
    .flatMap((folder) => sourcePaths(join(root, folder)))
    .map((path) => {
      return parseSource(relative(root, path), readFileSync(path, 'utf8'));
    });
}

function sourcePaths(folder: string): string[] {
  try {
    return readdirSync(folder, { recursive: true, encoding: 'utf8' })
      .filter((name) => /\.(?:ts|tsx|mjs)$/.test(name) && !/\.(?:test|contract)\.tsx?$/.test(name))
      .map((name) => join(folder, name));
  } catch {
    return [];
  }
}

export function parseSource(path: string, source: string): SourceFile {
  const code = source
    .replace(/\/\*[\s\S]*?\*\//g, '')
    .replace(/^[ \t]*\/\/.*$/gm, '')
    .replace(/`(?:\\[\s\S]|[^`\\])*`/g, '``');
  const imports = [...code.matchAll(statement)].map(([, type, names = '', from, bare, dynamic]) => ({
    target: resolveTarget(path, from ?? bare ?? dynamic ?? ''),
    typeOnly: type !== undefined || namesOnlyTypes(names),
  }));
  return { path, client: /^\s*['"]use client['"]/.test(code), imports };
}

function namesOnlyTypes(names: string): boolean {
  const listed = /^\{([^}]*)\}$/.exec(names.trim())?.[1];
  if (listed === undefined) return false;
  const parts = listed.split(',').filter((part) => part.trim());
  return parts.length > 0 && parts.every((part) => /^\s*type\s/.test(part));
}

function resolveTarget(path: string, specifier: string): string {
  if (specifier.startsWith('#')) return specifier.slice(1);
  if (specifier.startsWith('.')) return normalize(join(dirname(path), specifier));
  if (specifier.startsWith('node:')) return specifier;
  return specifier
    .split('/')
    .slice(0, specifier.startsWith('@') ? 2 : 1)
    .join('/');
}
