import { execFile } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { existsSync } from 'node:fs';
import { chmod, chown, mkdir, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { freePort } from './free-port.ts';
import { findPostgres, type PostgresBinary } from './postgres-binary.ts';
import { logTail, type ServiceProcess, startProcess } from './service-process.ts';
import { waitUntil } from './wait-until.ts';

const run = promisify(execFile);

export type PostgresOptions = {
  /** Absolute; made when absent. Holds the data and the password. */
  folder: string;
  port?: number;
  /** false: no fsync, for data that may be lost. */
  durable: boolean;
  connections?: number;
  log?: string;
  /** File that says which process this is: see process-record.ts. */
  record?: string;
};

export type Postgres = ServiceProcess & { url: string };

/**
 * Starts PostgreSQL on loopback and waits until it takes connections; the first start makes the data folder.
 * `url` names the database `choir`, with its password. Throws one sentence when the folder or the platform is not usable.
 */
export async function startPostgres(options: PostgresOptions): Promise<Postgres> {
  const binary = await findPostgres();
  const data = join(options.folder, 'data');
  const log = options.log ?? join(options.folder, 'postgres.log');
  await mkdir(options.folder, { recursive: true, mode: 0o700 });
  if (!existsSync(data)) await createData(binary, options.folder, options.durable);
  await checkData(data);
  const password = await readFile(join(options.folder, 'password'), 'utf8');
  const port = options.port ?? (await freePort());
  const settings = {
    listen_addresses: '127.0.0.1',
    port,
    unix_socket_directories: '',
    max_connections: options.connections ?? 100,
    jit: 'off',
    ...(options.durable ? {} : { fsync: 'off', synchronous_commit: 'off', full_page_writes: 'off' }),
  };
  const flags = Object.entries(settings).flatMap(([name, value]) => ['-c', `${name}=${value}`]);
  const service = await startProcess({
    argv: toArgv(binary, 'postgres', ['-D', data, ...flags]),
    log,
    record: options.record,
    env: environment(),
    stopSignal: 'SIGINT',
    graceMs: 20_000,
  });
  let ended: string | undefined;
  void service.exited.then((reason) => {
    ended = reason;
  });
  const started = async () => ended !== undefined || (await isReady(data, service.pid));
  await waitUntil(started, { what: `PostgreSQL did not become ready, see ${log}`, timeoutMs: 60_000 });
  if (ended) throw new Error(`PostgreSQL ended at once (${ended}). Its log, ${log}, says:\n${logTail(log)}`);
  return { ...service, url: `postgres://choir:${password}@127.0.0.1:${port}/choir` };
}

/** Made under another name and moved in place, so that a first start that was cut off leaves nothing half done. */
async function createData(binary: PostgresBinary, folder: string, durable: boolean): Promise<void> {
  const draft = join(folder, 'data.new');
  const password = join(folder, 'password');
  await rm(draft, { recursive: true, force: true });
  await mkdir(draft, { mode: 0o700 });
  await writeFile(password, randomBytes(24).toString('base64url'), { mode: 0o600 });
  if (binary.owner !== undefined) {
    await chmod(folder, 0o711);
    for (const path of [draft, password]) await chown(path, binary.owner, binary.owner);
  }
  const [initdb, ...args] = toArgv(binary, 'initdb', [
    ...['-D', draft, '--username=choir', `--pwfile=${password}`, '--auth=scram-sha-256', '--encoding=UTF8'],
    ...['--locale=C', '--locale-provider=builtin', '--builtin-locale=C.UTF-8', '--no-instructions'],
    ...(durable ? [] : ['--no-sync']),
  ]);
  await run(initdb, args, { env: environment() });
  const [single, ...singleArgs] = toArgv(binary, 'postgres', ['--single', '-D', draft, 'postgres']);
  const creating = run(single, singleArgs, { env: environment() });
  creating.child.stdin?.end('create database choir\n');
  await creating;
  await rename(draft, join(folder, 'data'));
}

async function checkData(data: string): Promise<void> {
  const version = await readFile(join(data, 'PG_VERSION'), 'utf8').then(
    (text) => text.trim(),
    () => undefined,
  );
  const whole = version && (await readdir(data)).includes('global');
  if (!whole) throw new Error(`${data} is not a whole PostgreSQL data folder. Restore it from a backup, or move it away to start empty.`);
  if (version !== '18')
    throw new Error(
      `${data} was made by PostgreSQL ${version}; this Choir brings 18. Use the Choir that made it, or move the folder away.`,
    );
}

/** PostgreSQL writes `ready` as the last line of its pid file once it takes connections. */
async function isReady(data: string, pid: number): Promise<boolean> {
  const lines = await readFile(join(data, 'postmaster.pid'), 'utf8').then(
    (text) => text.trimEnd().split('\n'),
    () => [],
  );
  return lines[0] === String(pid) && lines[7]?.trim() === 'ready';
}

function toArgv(binary: PostgresBinary, program: string, args: string[]): [string, ...string[]] {
  const [file, ...rest] = [...binary.prefix, join(binary.bin, program), ...args];
  return [file ?? program, ...rest];
}

/** Nothing of the person's shell may steer the server: PGDATA, PGPORT and the locale would. */
function environment(): NodeJS.ProcessEnv {
  return { NODE_ENV: 'production', PATH: process.env.PATH, LC_ALL: 'C', TZ: 'UTC' };
}
