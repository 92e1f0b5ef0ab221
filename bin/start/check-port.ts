import { readdirSync, readFileSync, readlinkSync } from 'node:fs';
import { createServer } from 'node:net';
import { processCommand } from '#bin/services/process-identity.ts';
import { errorCode, StartProblem } from './problem.ts';

/** Throws the one sentence that says why Choir cannot listen there. */
export async function checkPort(host: string, port: number): Promise<void> {
  const failure = await tryListen(host, port);
  if (!failure) {
    if (await isRefusedByBrowsers(port))
      throw new StartProblem(`Browsers refuse to open port ${port}. Choose another one: PORT=3000 npm start`);
    return;
  }
  switch (errorCode(failure)) {
    case 'EADDRINUSE': {
      const holder = portHolder(port);
      throw new StartProblem(
        `Port ${port} is taken${holder ? ` by ${holder}` : ''}. Stop that program, or choose another port: PORT=${port + 1} npm start`,
      );
    }
    case 'EACCES':
      throw new StartProblem(`This user may not listen on port ${port}. Choose one above 1023: PORT=3000 npm start`);
    case 'EADDRNOTAVAIL':
    case 'ENOTFOUND':
      throw new StartProblem(`This machine has no address ${host}. Set CHOIR_HOST to 127.0.0.1, or to 0.0.0.0 for all its addresses.`);
    default:
      throw failure;
  }
}

function tryListen(host: string, port: number): Promise<Error | undefined> {
  return new Promise((resolve) => {
    const server = createServer();
    server.once('error', resolve);
    server.listen(port, host, () => server.close(() => resolve(undefined)));
  });
}

/** Node's own fetch keeps the list of such ports (https://fetch.spec.whatwg.org/#port-blocking) and looks there before it connects. */
function isRefusedByBrowsers(port: number): Promise<boolean> {
  return fetch(`http://127.0.0.1:${port}`, { method: 'HEAD' }).then(
    () => false,
    (error: Error) => error.cause instanceof Error && error.cause.message === 'bad port',
  );
}

/** `node (process 123)` where Linux tells this user whose socket it is. */
function portHolder(port: number): string | undefined {
  try {
    const sockets = new Set(listeningSockets(port).map((inode) => `socket:[${inode}]`));
    if (sockets.size === 0) return undefined;
    for (const pid of readdirSync('/proc').filter((name) => /^\d+$/.test(name))) {
      if (openFiles(pid).some((target) => sockets.has(target))) return `${name(Number(pid))} (process ${pid})`;
    }
  } catch {
    return undefined;
  }
}

function listeningSockets(port: number): string[] {
  const suffix = `:${port.toString(16).toUpperCase().padStart(4, '0')}`;
  return ['/proc/net/tcp', '/proc/net/tcp6'].flatMap((path) =>
    readFileSync(path, 'utf8')
      .split('\n')
      .map((line) => line.trim().split(/\s+/))
      .filter((fields) => fields[1]?.endsWith(suffix) && fields[3] === '0A')
      .map((fields) => fields[9] ?? ''),
  );
}

function openFiles(pid: string): string[] {
  const folder = `/proc/${pid}/fd`;
  return attempt(() => readdirSync(folder), []).map((fd) => attempt(() => readlinkSync(`${folder}/${fd}`), ''));
}

/** Processes end, and others belong to somebody else, while one looks. */
function attempt<Result>(look: () => Result, otherwise: Result): Result {
  try {
    return look();
  } catch {
    return otherwise;
  }
}

function name(pid: number): string {
  return processCommand(pid).split(' ')[0]?.split('/').at(-1) || 'another program';
}
