import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { fuzzyPaths } from './fuzzy-paths.ts';

const paths = [
  'src/app.ts',
  'src/app.test.ts',
  'src/apply-patch.ts',
  'docs/application.md',
  'lib/git/read-commit.ts',
  'lib/git/read-commit-file.ts',
  'README.md',
];
const names = (query: string) => fuzzyPaths(paths, query, 3).map(({ path }) => path);

describe('quick open', () => {
  it('finds by the letters of a name, the closest first', () => {
    expect(names('app.ts')[0]).toBe('src/app.ts');
    expect(names('rcf')[0]).toBe('lib/git/read-commit-file.ts');
    expect(names('readme')[0]).toBe('README.md');
    expect(names('git/read commit')[0]).toBe('lib/git/read-commit.ts');
    expect(names('zzz')).toEqual([]);
    expect(names('')).toHaveLength(3);
  });

  it('marks whole words where they are, each for itself', () => {
    const marked = (path: string, query: string) => {
      const at = new Set(fuzzyPaths([path], query, 1)[0]?.at);
      return Array.from(path, (letter, index) => (at.has(index) ? letter : '·')).join('');
    };
    expect(marked('lib/git/read-commit-file.ts', 'git file')).toBe('····git·············file···');
    expect(marked('app/git/deep/read.ts', 'git/read')).toBe('····git/·····read···');
    expect(fuzzyPaths(['src/apply-patch.ts'], 'patch src', 1)).toEqual([]);
  });

  it('says which characters matched: those of the query, in its order', () => {
    fc.assert(
      fc.property(fc.constantFrom(...paths), fc.array(fc.nat(26), { minLength: 1, maxLength: 5 }), (path, picks) => {
        const query = [...new Set(picks)]
          .sort((a, b) => a - b)
          .flatMap((pick) => path[pick] ?? [])
          .join('');
        const [match] = fuzzyPaths([path], query, 1);
        if (query === '') return;
        expect(
          match?.at
            .map((at) => path[at])
            .join('')
            .toLowerCase(),
        ).toBe(query.toLowerCase());
      }),
    );
  });
});
