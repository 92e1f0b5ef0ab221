import { mkdir, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import next from 'next';
import { noteServer } from '#bin/services/served-build.ts';
import { closeServices, services } from '#lib/services.ts';
import { builtFiles } from './web/built-files.ts';
import { createWebServer } from './web/create-web-server.ts';
import { listen } from './web/listen.ts';
import { natsProxy } from './web/nats-proxy.ts';

const { values } = parseArgs({ options: { dev: { type: 'boolean', default: false } } });
const dev = values.dev;

try {
  const opened = await services();
  const { CHOIR_HOST: hostname, PORT: port } = opened.settings;
  // Next attaches its own upgrade handler to the server that it is given; this one never listens, so that every upgrade is decided by ours.
  const nextServer = createServer();
  const root = fileURLToPath(new URL('..', import.meta.url));
  if (!dev) noteServer(root, `CHOIR_HOME ${opened.home.root}`);
  const app = next({ dev, dir: root, hostname, port, httpServer: nextServer });
  await app.prepare();
  const proxy = natsProxy(opened);
  const server = createWebServer({
    dev,
    proxy,
    answerBuilt: dev ? undefined : builtFiles(join(root, '.next', 'static')),
    handleRequest: app.getRequestHandler(),
    ...(dev && { handleUpgrade: (...upgrade) => nextServer.emit('upgrade', ...upgrade) }),
  });
  await listen(server, hostname, port);
  const url = localUrl(hostname, port);
  await mkdir(opened.home.run, { recursive: true });
  await writeFile(opened.home.webUrl, `${url}\n`);
  console.log(`[web] listening on ${url}`);

  const stop = () => {
    process.exitCode = 0;
    proxy.close();
    server.close();
    server.closeAllConnections();
    void Promise.allSettled([app.close(), closeServices(), rm(opened.home.webUrl, { force: true })]).then(() => process.exit());
  };
  process.once('SIGINT', stop);
  process.once('SIGTERM', stop);
} catch (error) {
  console.error(`[web] ${error instanceof Error ? error.message : String(error)}`);
  await closeServices();
  process.exit(1);
}

/** How this machine reaches the server: an address that means every interface is no address to connect to. */
function localUrl(host: string, port: number): string {
  const reachable = host === '0.0.0.0' || host === '::' ? '127.0.0.1' : host;
  return `http://${reachable.includes(':') ? `[${reachable}]` : reachable}:${port}`;
}
