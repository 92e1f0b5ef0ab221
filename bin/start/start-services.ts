import { join } from 'node:path';
import { freePort } from '#bin/services/free-port.ts';
import { type NatsPorts, startNatsServer } from '#bin/services/nats-server.ts';
import { startPostgres } from '#bin/services/postgres.ts';
import { migrate } from '#lib/db/migrate.ts';
import type { ChoirHome } from '#lib/home.ts';
import type { LauncherSettings } from '#lib/settings.ts';
import { recordPath } from './end-orphans.ts';
import type { ServiceAddresses } from './environment.ts';
import { StartProblem } from './problem.ts';
import type { Shutdown } from './shutdown.ts';
import { supervise } from './supervise.ts';

type Surroundings = { settings: LauncherSettings; home: ChoirHome; shutdown: Shutdown; report: (line: string) => void };

/** PostgreSQL, migrated: the one DATABASE_URL names, else the embedded one. The port stays the same over restarts. */
export async function startDatabase({ settings, home, shutdown, report }: Surroundings): Promise<Pick<ServiceAddresses, 'DATABASE_URL'>> {
  const given = settings.DATABASE_URL;
  if (given) {
    await migrate(given).catch((error: Error) => {
      throw new StartProblem(`The PostgreSQL of DATABASE_URL cannot be used: ${withoutSecret(error.message, given)}`);
    });
    return { DATABASE_URL: given };
  }
  const options = {
    folder: home.postgres,
    port: await freePort(),
    durable: true,
    log: join(home.logs, 'postgres.log'),
    record: recordPath(home, 'postgres'),
  };
  const part = await supervise({ name: 'PostgreSQL', start: () => startPostgres(options), report });
  shutdown.add('postgres', part);
  await migrate(part.running.url);
  return { DATABASE_URL: part.running.url };
}

function withoutSecret(message: string, url: string): string {
  const password = URL.parse(url)?.password;
  return password ? message.replaceAll(password, '...') : message;
}

/** NATS: the one NATS_URL names, else the embedded one. */
export async function startBus({ settings, home, shutdown, report }: Surroundings): Promise<Omit<ServiceAddresses, 'DATABASE_URL'>> {
  const { NATS_URL, NATS_CREDS, NATS_ACCOUNT_SEED, NATS_WEBSOCKET_URL } = settings;
  if (NATS_URL) return { NATS_URL, NATS_CREDS, NATS_ACCOUNT_SEED, NATS_WEBSOCKET_URL };
  const options = {
    folder: home.nats,
    tools: home.tools,
    durable: true,
    log: join(home.logs, 'nats.log'),
    record: recordPath(home, 'nats'),
  };
  // The other parts know the first start's addresses.
  let ports: NatsPorts | undefined;
  const start = async () => {
    const server = await startNatsServer({ ...options, ports });
    ports = server.ports;
    return server;
  };
  const part = await supervise({ name: 'NATS', start, report });
  shutdown.add('nats', part);
  const { url, credsFile, accountSeed, websocketUrl } = part.running;
  return { NATS_URL: url, NATS_CREDS: credsFile, NATS_ACCOUNT_SEED: accountSeed, NATS_WEBSOCKET_URL: websocketUrl };
}
