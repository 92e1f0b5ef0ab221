import { glob } from 'node:fs/promises';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { RouteHandler } from '#app/api/_server/handle.ts';

const methods = ['GET', 'POST', 'PUT', 'PATCH', 'DELETE'] as const;

/** Every method of every API route there is but the one for what is unknown, by its name, such as `GET /api/threads/{threadId}`. */
export async function loadRoutes(): Promise<Map<string, RouteHandler>> {
  const found = new Map<string, RouteHandler>();
  for await (const file of glob('app/api/**/route.ts')) {
    if (file.includes('[...')) continue;
    const path = `/${file.replace(/^app\//, '').replace(/\/route\.ts$/, '')}`.replaceAll(/\[(\w+)\]/g, '{$1}');
    const exported = (await import(/* @vite-ignore */ pathToFileURL(join(process.cwd(), file)).href)) as Record<string, RouteHandler>;
    for (const method of methods) if (exported[method]) found.set(`${method} ${path}`, exported[method]);
  }
  return found;
}
