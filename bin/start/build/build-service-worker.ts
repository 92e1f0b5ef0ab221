import { join } from 'node:path';

/** Where the built service worker lies, in the checkout. */
export const serviceWorkerPath = join('public', 'sw.js');

/** Bundles `app/_sw` into the one file that browsers load; `build` is written in, so that another build is another service worker. */
export async function buildServiceWorker(root: string, build: string): Promise<void> {
  const { rolldown } = await import('rolldown');
  const bundle = await rolldown({
    input: join(root, 'app', '_sw', 'service-worker.ts'),
    platform: 'browser',
    logLevel: 'silent',
    resolve: { alias: { '#lib': join(root, 'lib') } },
    transform: { define: { CHOIR_BUILD: JSON.stringify(build) } },
  });
  await bundle.write({ file: join(root, serviceWorkerPath), format: 'iife', minify: true });
  await bundle.close();
}
