import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { serveTools, texts } from './serve-tools.mjs';

const dockerfiles = /^(?:Dockerfile|Containerfile)(?:\.[\w-]+)?$|\.(?:Dockerfile|Containerfile)$/i;
const composeFiles = /^(?:docker-)?compose(?:\.[\w-]+)?\.ya?ml$/;
const told = /^\s*(FROM|EXPOSE|ENTRYPOINT|CMD|USER|VOLUME|HEALTHCHECK|ARG)\b(.*)$/i;
const filesLimit = 100;

async function find(pattern, folder = '.', depth = 4) {
  const found = [];
  for (const entry of await readdir(folder, { withFileTypes: true })) {
    const path = join(folder, entry.name);
    if (entry.isFile() && pattern.test(entry.name)) found.push(path);
    const isOpen = entry.isDirectory() && depth > 0 && !/^(?:node_modules|\..*)$/.test(entry.name);
    if (isOpen && found.length < filesLimit) found.push(...(await find(pattern, path, depth - 1)));
  }
  return found.slice(0, filesLimit);
}

async function show(pattern, none, read) {
  const files = await find(pattern);
  if (files.length === 0) return none;
  return (await Promise.all(files.map(async (path) => `# ${path}\n${read(await readFile(path, 'utf8')).trim()}`))).join('\n\n');
}

await serveTools('docker', {
  images: {
    description: 'What the Dockerfiles of the project build from, run, and open.',
    input: texts({}),
    run: () =>
      show(dockerfiles, 'There is no Dockerfile.', (text) =>
        text
          .replaceAll(/\\\r?\n/g, ' ')
          .split('\n')
          .filter((line) => told.test(line))
          .map((line) => line.trim().replaceAll(/\s+/g, ' '))
          .join('\n'),
      ),
  },
  services: {
    description: 'The compose files of the project, as they are.',
    input: texts({}),
    run: () => show(composeFiles, 'There is no compose file.', (text) => text),
  },
  engine: {
    description: 'Whether images can be built and containers run here.',
    input: texts({}),
    run: () => 'No: the sandbox has no Docker engine. Write the files; a person builds and runs them outside.',
  },
});
