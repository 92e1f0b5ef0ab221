const base = ['ledger', 'git', 'policy', 'auth', 'bus', 'db', 'net'];

/** Where a file stands in the house: a face, an entity, the base under the entities, the core, or `lib` for the wiring in `lib/*.ts`. */
export function layerOf(path: string): string {
  const [top = '', second = ''] = path.split('/');
  if (top !== 'lib') return top;
  if (second === 'core') return 'core';
  if (base.includes(second)) return 'base';
  return second.includes('.') ? 'lib' : 'entity';
}

/** What each layer may import besides itself. Faces never import each other. */
export const mayImport: Record<string, string[]> = {
  core: [],
  base: ['core', 'lib'],
  entity: ['base', 'core', 'lib'],
  lib: ['entity', 'base', 'core'],
  app: ['entity', 'base', 'core', 'lib'],
  bot: ['entity', 'base', 'core', 'lib'],
  workers: ['entity', 'base', 'core', 'lib'],
  bin: ['entity', 'base', 'core', 'lib'],
};

/** One owner per library: the path prefixes that may import it. */
export const owners: { library: RegExp; paths: string[] }[] = [
  { library: /^(?:drizzle-orm|postgres)$/, paths: ['lib/'] },
  { library: /^@nats-io\//, paths: ['lib/bus/', 'app/_live/', 'bin/services/nats-keys.ts'] },
  { library: /^isomorphic-git$/, paths: ['lib/git/'] },
  { library: /^grammy$|^@grammyjs\//, paths: ['bot/'] },
  { library: /^(?:unbash|picomatch)$/, paths: ['lib/policy/'] },
  { library: /^(?:ai$|@ai-sdk\/)/, paths: ['workers/agents/model/'] },
  { library: /^web-push$/, paths: ['workers/notify/'] },
  { library: /^rolldown$/, paths: ['bin/start/build/'] },
  { library: /^next$/, paths: ['app/', 'bin/web.ts'] },
  { library: /^(?:react|react-dom|lucide-react|@base-ui\/react)$/, paths: ['app/'] },
  { library: /^yazl$/, paths: ['lib/export/'] },
  { library: /^(?:vitest|playwright-core|axe-core|fast-check|drizzle-kit)$/, paths: [] },
];

/** The core is pure: its only package. */
export const corePackages = ['zod'];

/** Parses in a browser what others wrote, and is loaded for that alone. */
export const mayParseInBrowser = 'app/_ui/media/read-notebook.ts';
