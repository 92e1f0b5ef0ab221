import { Client } from '@modelcontextprotocol/sdk/client/index.js';
import { threadBranch } from '#lib/git/store/refs.ts';
import type { McpServerRow } from '#lib/mcp/mcp-server.ts';
import type { Worker } from '#workers/run/run-context.ts';
import { unlessStopped } from '#workers/run/unless-stopped.ts';
import type { Connection } from './connection.ts';
import { httpConnection } from './http-connection.ts';
import { ServerFailed } from './server-failed.ts';
import { serverProgram } from './server-program.ts';
import { sessionConnection } from './session-connection.ts';

/** Where a server of the sandbox works: in this transaction, with a way to these hosts. */
export type ServerPlace = {
  threadId: string;
  transactionId: string;
  hosts: string[];
  /** Tells of other hosts in their place. */
  follow?: (tell: (hosts: string[]) => void) => void;
  onContact?: (host: string) => void;
  signal: AbortSignal;
  /** For all of it, the start included. */
  timeoutMs: number;
};

export type UseServer<Result> = (client: Client, options: { signal: AbortSignal; timeout: number }) => Promise<Result>;

/** Once Choir's own limits are past, nothing is left for the SDK's to end. */
const sdkTimeoutMs = 2 ** 31 - 1;

/**
 * A conversation with a server, from its start to its end. Nothing of the server runs on after it. Throws `ServerFailed`, or the signal's reason.
 */
export async function withServer<Result>(
  worker: Pick<Worker, 'sandbox' | 'home'>,
  row: McpServerRow,
  place: ServerPlace,
  use: UseServer<Result>,
): Promise<Result> {
  const { signal, timeoutMs } = place;
  const late = AbortSignal.timeout(timeoutMs);
  const stop = AbortSignal.any([signal, late]);
  let connection: Connection | null = null;
  try {
    connection = await connect(worker, row, { ...place, signal: stop });
    const client = new Client({ name: 'choir', version: '1' }, { capabilities: {} });
    const options = { signal: stop, timeout: sdkTimeoutMs };
    const talk = client.connect(connection.transport, options).then(() => use(client, options));
    return await unlessStopped(stop, talk);
  } catch (error) {
    signal.throwIfAborted();
    if (late.aborted) throw new ServerFailed('timed-out', `It did not answer within ${Math.round(timeoutMs / 1_000)} s.`);
    const ended = connection?.ended();
    if (typeof ended === 'string') throw new ServerFailed('interrupted', ended);
    throw new ServerFailed('failed', error instanceof Error ? causeOf(error) : 'It failed.', connection?.wantsSignIn());
  } finally {
    await connection?.close();
  }
}

async function connect({ sandbox, home }: Pick<Worker, 'sandbox' | 'home'>, row: McpServerRow, place: ServerPlace): Promise<Connection> {
  const { id, projectId, transport } = row;
  if (transport.kind === 'http') return httpConnection(transport);
  const { threadId, transactionId, hosts, follow, onContact, signal } = place;
  const folders = { home: home.agentHome(threadId, `mcp-${id}`), store: home.store(projectId), branch: threadBranch(threadId) };
  const session = await sandbox.openSession({ threadId, id: transactionId, program: serverProgram(transport, folders), signal });
  if (hosts.length > 0) await session.allowHosts(hosts, onContact);
  follow?.((left) => void session.allowHosts(left, onContact).catch(() => {}));
  return sessionConnection(session);
}

function causeOf(error: Error): string {
  return error.cause instanceof Error ? `${error.message}: ${error.cause.message}` : error.message;
}
