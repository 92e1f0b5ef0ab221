import { readFile } from 'node:fs/promises';
import { serveTools, texts } from './serve-tools.mjs';

async function readJson(file) {
  try {
    return JSON.parse(await readFile(file, 'utf8'));
  } catch (error) {
    throw new Error(error.code === 'ENOENT' ? `There is no ${file} in the project's root.` : `${file} is no JSON: ${error.message}`);
  }
}

/** What the lock file holds, as `{name, version, path, needs, dev}`. */
async function locked() {
  const { packages } = await readJson('package-lock.json');
  if (!packages) throw new Error('This lock file is older than npm 7.');
  return Object.entries(packages).flatMap(([path, { version, dev, link, dependencies, optionalDependencies, peerDependencies }]) => {
    const needs = { ...peerDependencies, ...optionalDependencies, ...dependencies };
    return link ? [] : [{ path, name: path.split('node_modules/').at(-1) || '(the project)', version, dev, needs }];
  });
}

const lines = (list) => list.join('\n');

await serveTools('npm', {
  scripts: {
    description: 'The scripts of package.json.',
    input: texts({}),
    run: async () => lines(Object.entries((await readJson('package.json')).scripts ?? {}).map(([name, script]) => `${name}: ${script}`)),
  },
  list: {
    description: 'The direct dependencies: the range that is asked for, and the version in the lock file.',
    input: texts({}),
    run: async () => {
      const manifest = await readJson('package.json');
      const versions = new Map((await locked()).map(({ path, version }) => [path, version]));
      return lines(
        ['dependencies', 'devDependencies', 'optionalDependencies', 'peerDependencies'].flatMap((kind) =>
          Object.entries(manifest[kind] ?? {}).map(
            ([name, range]) => `${name} ${range} -> ${versions.get(`node_modules/${name}`) ?? 'not locked'} (${kind})`,
          ),
        ),
      );
    },
  },
  why: {
    description: 'Which packages ask for a package, and in which versions it is there.',
    input: texts({ 'name!': 'a package' }),
    run: async ({ name }) => {
      const all = await locked();
      const there = all
        .filter((one) => one.name === name)
        .map(({ version, path, dev }) => `${name}@${version} at ${path}${dev ? ' (dev)' : ''}`);
      const askers = all
        .filter(({ needs }) => Object.hasOwn(needs, name))
        .map((one) => `asked for by ${one.name}@${one.version}: ${one.needs[name]}`);
      return lines([...(there.length > 0 ? there : [`${name} is not in the lock file.`]), ...askers]);
    },
  },
  duplicates: {
    description: 'Packages that the lock file holds in more than one version.',
    input: texts({}),
    run: async () => {
      const versions = new Map();
      for (const { name, version } of await locked()) versions.set(name, new Set([...(versions.get(name) ?? []), version]));
      return lines([...versions].filter(([, found]) => found.size > 1).map(([name, found]) => `${name}: ${[...found].sort().join(', ')}`));
    },
  },
});
