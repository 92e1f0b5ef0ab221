import { expect, test } from 'vitest';
import { loadRoutes } from '#tests/api/load-routes.ts';
import { openApiDocument } from './openapi.ts';

test('names every method of every route, and nothing else', async () => {
  const { paths } = openApiDocument();
  const named = Object.entries(paths).flatMap(([path, item]) => Object.keys(item).map((method) => `${method.toUpperCase()} ${path}`));
  expect(named.sort()).toEqual([...(await loadRoutes()).keys()].sort());
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
