import type { SourceFile } from './read-imports.ts';
import { corePackages, layerOf, mayImport, mayParseInBrowser, owners } from './rules.ts';

/** Every import that goes against the house's arrows, one sentence each. */
export function findViolations(files: SourceFile[]): string[] {
  return [...files.flatMap(fileViolations), ...clientViolations(files), ...cycles(files)];
}

function fileViolations({ path, imports }: SourceFile): string[] {
  const layer = layerOf(path);
  return imports.flatMap(({ target, typeOnly }) => {
    if (isPackage(target)) {
      if (layer === 'core' && !corePackages.includes(target)) return [`${path} imports ${target}: the core imports zod and nothing else.`];
      const owner = owners.find(({ library }) => library.test(target));
      const owned = !owner || typeOnly || owner.paths.some((prefix) => path.startsWith(prefix));
      return owned ? [] : [`${path} imports ${target}, which belongs to ${owner.paths.join(', ') || 'the tests'}.`];
    }
    const other = layerOf(target);
    if (other === layer || mayImport[layer]?.includes(other)) return [];
    return [`${path} imports ${target}: ${layer} may not know ${other}.`];
  });
}

function isPackage(target: string): boolean {
  return !/^(?:app|bot|workers|lib|bin|tests|bench)\//.test(target);
}

/** What runs in a browser may take values from `lib/core` and `app/_*` only, and nothing of Node; no schemas, whose library is 108 kB. */
function clientViolations(files: SourceFile[]): string[] {
  const byPath = new Map(files.map((file) => [file.path, file]));
  const seen = new Set<string>();
  const violations: string[] = [];
  const visit = (file: SourceFile) => {
    if (seen.has(file.path)) return;
    seen.add(file.path);
    for (const { target, typeOnly } of file.imports) {
      if (typeOnly) continue;
      const next = byPath.get(target);
      if (target.startsWith('node:') || (target === 'zod' && file.path !== mayParseInBrowser))
        violations.push(`${file.path} imports ${target}, but it runs in the browser.`);
      else if (next && isForBrowser(next, file)) visit(next);
      else if (next) violations.push(`${file.path} imports ${target}, but it runs in the browser.`);
    }
  };
  for (const file of files) if (file.client) visit(file);
  return violations;
}

function isForBrowser(file: SourceFile, importer: SourceFile): boolean {
  const sameSegment = file.path.startsWith(importer.path.slice(0, importer.path.lastIndexOf('/') + 1));
  return layerOf(file.path) === 'core' || /^app\/_/.test(file.path) || (layerOf(file.path) === 'app' && (file.client || sameSegment));
}

/** Circles of value imports, each named once by the path that closes it. */
function cycles(files: SourceFile[]): string[] {
  const byPath = new Map(files.map((file) => [file.path, file]));
  const done = new Set<string>();
  const found: string[] = [];
  const visit = (file: SourceFile, trail: string[]) => {
    if (done.has(file.path)) return;
    const start = trail.indexOf(file.path);
    if (start >= 0) {
      found.push(`Imports run in a circle: ${[...trail.slice(start), file.path].join(' -> ')}.`);
      return;
    }
    for (const { target, typeOnly } of file.imports) {
      const next = byPath.get(target);
      if (next && !typeOnly) visit(next, [...trail, file.path]);
    }
    done.add(file.path);
  };
  for (const file of files) visit(file, []);
  return found;
}
