import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import { findViolations } from './find-violations.ts';
import { parseSource, readSourceFiles } from './read-imports.ts';

function check(...files: [path: string, source: string][]) {
  return findViolations(files.map(([path, source]) => parseSource(path, source)));
}

const root = fileURLToPath(new URL('../..', import.meta.url));

test('the house keeps its arrows', () => {
  const files = readSourceFiles(root);
  expect(files.length).toBeGreaterThan(50);
  expect(findViolations(files)).toEqual([]);
});

test('every verb stands where the architecture says', () => {
  const rows = readFileSync(`${root}docs/architecture.md`, 'utf8').match(/^\| `.*$/gm) ?? [];
  const verbs = rows.flatMap((row) => row.split(' | ')[0]?.match(/(?<=`)[a-z]+\/[a-z/-]+(?=`)/g) ?? []);
  expect(verbs.length).toBeGreaterThan(40);
  expect(verbs.filter((verb) => !existsSync(`${root}lib/${verb}.ts`))).toEqual([]);
});

describe('the checker catches', () => {
  test.each([
    ['a core that imports a package', 'lib/core/fold.ts', `import { eq } from 'drizzle-orm';`],
    ['a core that imports Node', 'lib/core/fold.ts', `import { join } from 'node:path';`],
    ['an import upwards, even of a type', 'lib/git/diff.ts', `import type { Row } from '#lib/threads/row.ts';`],
    ['one face that imports another', 'app/page.tsx', `import { send } from '#bot/send.ts';`],
    ['a relative way out of a layer', 'lib/core/fold.ts', `import { append } from '../ledger/append.ts';`],
    ['a library outside its owner', 'workers/main.ts', `import postgres from 'postgres';`],
    ['a re-export', 'lib/policy/judge.ts', `export * from '#workers/sandbox/sandbox.ts';`],
    ['a dynamic import', 'bin/cli/run.ts', `const { connect } = await import('@nats-io/transport-node');`],
    ['an import over several lines', 'lib/core/fold.ts', `import {\n  one,\n  two,\n} from '#lib/git/x.ts';`],
  ])('%s', (_, path, source) => {
    expect(check([path, source])).toHaveLength(1);
  });

  test('a circle', () => {
    expect(check(['lib/core/a.ts', `import { b } from './b.ts';`], ['lib/core/b.ts', `import { a } from './a.ts';`])).toEqual([
      'Imports run in a circle: lib/core/a.ts -> lib/core/b.ts -> lib/core/a.ts.',
    ]);
  });

  test('server code that a browser would load, however deep', () => {
    const page = ['app/page/client.tsx', `'use client';\nimport { view } from '#app/_ui/view.ts';`] as [string, string];
    const view = ['app/_ui/view.ts', `import { read } from '#lib/git/read.ts';`] as [string, string];
    expect(check(page, view, ['lib/git/read.ts', ''])).toEqual(['app/_ui/view.ts imports lib/git/read.ts, but it runs in the browser.']);
  });

  test('schemas that a browser would load', () => {
    const view = ['app/_ui/view.tsx', `'use client';\nimport { limit } from '#lib/core/goal.ts';`] as [string, string];
    expect(check(view, ['lib/core/goal.ts', `import { z } from 'zod';`])).toEqual([
      'lib/core/goal.ts imports zod, but it runs in the browser.',
    ]);
  });
});

describe('the checker allows', () => {
  test('types of what a browser must not load, and circles of types', () => {
    expect(
      check(
        ['app/page/client.tsx', `'use client';\nimport type { Row } from '#lib/threads/row.ts';`],
        ['lib/threads/row.ts', `import type { Other } from './other.ts';`],
        ['lib/threads/other.ts', `import { type Row } from './row.ts';`],
      ),
    ).toEqual([]);
  });

  test('imports that a template writes for somebody else', () => {
    expect(check(['workers/agents/rules/app.ts', "export const main = `\nimport React from 'react';\n`;"])).toEqual([]);
  });

  test('imports named in comments', () => {
    expect(check(['lib/core/a.ts', `// import { x } from 'postgres';\n/* import y from 'next'; */`])).toEqual([]);
  });
});
