import { writeFile } from 'node:fs/promises';
import { connect } from 'node:net';
import { join } from 'node:path';
import { freePorts } from './free-port.ts';
import { findNatsServer } from './nats-binary.ts';
import { type NatsKeys, natsKeys } from './nats-keys.ts';
import { logTail, type ServiceProcess, startProcess } from './service-process.ts';
import { waitUntil } from './wait-until.ts';

/** What a device may take to say who it is. nats-server gives 2 s by itself: a line whose answers take longer could never open a socket. */
const longestHelloSeconds = 10;

export type NatsServerOptions = {
  /** Absolute; made when absent. Holds streams, identities and the configuration. */
  folder: string;
  /** Where a nats-server that had to be brought lies; see `findNatsServer`. */
  tools: string;
  /** Those of an earlier start; without them free ones are found. */
  ports?: NatsPorts;
  /** true: a message is acknowledged only once it is on disk. */
  durable: boolean;
  log?: string;
  /** File that says which process this is: see process-record.ts. */
  record?: string;
};

export type NatsPorts = { client: number; websocket: number };

export type NatsServer = ServiceProcess & {
  ports: NatsPorts;
  url: string;
  /** Credentials of Choir's own user, which may do anything in Choir's account. */
  credsFile: string;
  /** Seed that signs device credentials of the account. */
  accountSeed: string;
  websocketUrl: string;
};

/**
 * Starts nats-server on loopback: operator mode, JetStream, a WebSocket listener. Waits until both listeners answer.
 * Throws one sentence when it cannot be found or does not start.
 */
export async function startNatsServer(options: NatsServerOptions): Promise<NatsServer> {
  for (let tries = 1; ; tries += 1) {
    try {
      return await startOnce(options);
    } catch (error) {
      // Somebody else took a port between its choice and its use.
      const isTaken = error instanceof Error && error.message.includes('address already in use');
      if (!isTaken || tries === 3 || options.ports) throw error;
    }
  }
}

async function startOnce(options: NatsServerOptions): Promise<NatsServer> {
  const binary = await findNatsServer({ tools: options.tools });
  const keys = await natsKeys(options.folder);
  const ports = options.ports ?? (await findPorts());
  const log = options.log ?? join(options.folder, 'nats.log');
  const configuration = join(options.folder, 'nats.conf');
  const credsFile = join(options.folder, 'choir.creds');
  await writeFile(credsFile, keys.creds, { mode: 0o600 });
  await writeFile(configuration, natsConfiguration({ ...options, ports, keys }), { mode: 0o600 });
  const service = await startProcess({
    argv: [binary, '--config', configuration],
    log,
    record: options.record,
    env: { NODE_ENV: 'production', PATH: process.env.PATH },
  });
  let ended: string | undefined;
  void service.exited.then((reason) => {
    ended = reason;
  });
  const started = async () => ended !== undefined || ((await answers(ports.client)) && (await answers(ports.websocket)));
  await waitUntil(started, { what: `nats-server did not become ready, see ${log}`, timeoutMs: 60_000 });
  if (ended) throw new Error(`nats-server ended at once (${ended}). Its log, ${log}, says:\n${logTail(log)}`);
  return {
    ...service,
    ports,
    url: `nats://127.0.0.1:${ports.client}`,
    credsFile,
    accountSeed: keys.accountSeed,
    websocketUrl: `ws://127.0.0.1:${ports.websocket}`,
  };
}

async function findPorts(): Promise<NatsPorts> {
  const [client = 0, websocket = 0] = await freePorts(2);
  return { client, websocket };
}

type Configuration = { folder: string; ports: NatsPorts; durable: boolean; keys: NatsKeys };

function natsConfiguration({ folder, ports, durable, keys }: Configuration): string {
  return `server_name: choir
listen: "127.0.0.1:${ports.client}"
max_payload: 4MB
jetstream {
  store_dir: ${JSON.stringify(join(folder, 'jetstream'))}
  max_memory_store: 64MB
  ${durable ? 'sync_interval: always' : ''}
}
websocket {
  listen: "127.0.0.1:${ports.websocket}"
  no_tls: true
  authorization { timeout: ${longestHelloSeconds} }
}
operator: ${keys.operatorJwt}
system_account: ${keys.systemAccount}
resolver: MEMORY
resolver_preload {
  ${keys.systemAccount}: ${keys.systemJwt}
  ${keys.account}: ${keys.accountJwt}
}
`;
}

function answers(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1');
    const end = (answer: boolean) => {
      socket.destroy();
      resolve(answer);
    };
    socket.once('connect', () => end(true));
    socket.once('error', () => end(false));
  });
}
