import { glob } from 'node:fs/promises';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { expect, test } from 'vitest';
import { openApiDocument } from './openapi.ts';

const methods = ['GET', 'POST', 'PUT', 'PATCH', 'DELETE'];

/** Every method of every route there is but the one for what is unknown, as `GET /api/threads/{threadId}`. */
async function routes(): Promise<string[]> {
  const found: string[] = [];
  for await (const file of glob('app/api/**/route.ts')) {
    if (file.includes('[...')) continue;
    const path = `/${file.replace(/^app\//, '').replace(/\/route\.ts$/, '')}`.replaceAll(/\[(\w+)\]/g, '{$1}');
    const exported = await import(/* @vite-ignore */ pathToFileURL(join(process.cwd(), file)).href);
    for (const method of methods) if (method in exported) found.push(`${method} ${path}`);
  }
  return found.sort();
}

test('names every method of every route, and nothing else', async () => {
  const { paths } = openApiDocument();
  const named = Object.entries(paths).flatMap(([path, item]) => Object.keys(item).map((method) => `${method.toUpperCase()} ${path}`));
  expect(named.sort()).toEqual(await routes());
});

test('describes the parameters of each path', () => {
  for (const [path, item] of Object.entries(openApiDocument().paths)) {
    const inPath = [...path.matchAll(/\{(\w+)\}/g)].map(([, name]) => name).sort();
    for (const operation of Object.values(item) as { parameters: { name: string; in: string }[] }[]) {
      const described = operation.parameters.filter((parameter) => parameter.in === 'path').map(({ name }) => name);
      expect(described.sort(), path).toEqual(inPath);
    }
  }
});

test('is JSON, and says of a goal what is accepted', () => {
  const document = JSON.parse(JSON.stringify(openApiDocument()));
  const schema = document.paths['/api/threads'].post.requestBody.content['application/json'].schema;
  expect(schema.required).toEqual(['goal']);
  expect(schema.properties.goal).toMatchObject({ type: 'string', maxLength: 100_000 });
});
