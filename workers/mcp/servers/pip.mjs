import { readdir, readFile } from 'node:fs/promises';
import { runProgram } from './run-program.mjs';
import { serveTools, texts } from './serve-tools.mjs';

const manifests = /^(?:requirements[\w.-]*\.(?:txt|in)|constraints[\w.-]*\.txt|pyproject\.toml|setup\.cfg|Pipfile)$/;
const environments = ['.venv', 'venv', 'env'];

/** The project's own Python, or the sandbox's. */
async function python() {
  const there = await readdir('.');
  const own = environments.find((folder) => there.includes(folder));
  return own ? `${own}/bin/python` : 'python3';
}

await serveTools('pip', {
  requirements: {
    description: 'What the requirements files and pyproject.toml in the root ask for.',
    input: texts({}),
    run: async () => {
      const files = (await readdir('.')).filter((name) => manifests.test(name)).sort();
      const shown = await Promise.all(files.map(async (name) => `# ${name}\n${(await readFile(name, 'utf8')).trim()}`));
      return shown.join('\n\n');
    },
  },
  list: {
    description: 'The packages that are installed, in the project’s environment where it has one.',
    input: texts({}),
    run: async () => runProgram(await python(), ['-m', 'pip', 'list', '--format=freeze', '--disable-pip-version-check']),
  },
  show: {
    description: 'One installed package: version, what it needs, and what needs it.',
    input: texts({ 'name!': 'a package' }),
    run: async ({ name }) => runProgram(await python(), ['-m', 'pip', 'show', '--disable-pip-version-check', '--', name]),
  },
  check: {
    description: 'Whether the installed packages fit together.',
    input: texts({}),
    run: async () => runProgram(await python(), ['-m', 'pip', 'check', '--disable-pip-version-check'], { fine: [0, 1] }),
  },
});
