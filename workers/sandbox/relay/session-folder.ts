import { closeSync, existsSync, openSync } from 'node:fs';
import { connect, type Socket } from 'node:net';
import { join } from 'node:path';
import { hasCode } from '../local/overlay/byte-path.ts';

/** Where the session of a transaction keeps its things: absolute paths in the transaction's folder. */
export function sessionPlaces(transactionFolder: string) {
  const root = join(transactionFolder, 'session');
  return {
    root,
    /** Every line, as the session's events one a line. */
    log: join(root, 'log'),
    socket: join(root, 'socket'),
    /** What the relay itself had to say. */
    diary: join(root, 'relay.log'),
    /** Bound into the sandbox; a worker that lets the program out serves a socket in it. */
    egress: join(root, 'egress'),
  };
}

/**
 * Opens a folder so that sockets in it have short paths: a socket's own may have no more than 107 bytes, wherever CHOIR_HOME lies.
 * Valid until `close`.
 */
export function shortPath(folder: string): { join(name: string): string; close(): void } {
  const descriptor = openSync(folder, 'r');
  return { join: (name) => `/proc/self/fd/${descriptor}/${name}`, close: () => closeSync(descriptor) };
}

/** A connection to the session's relay, or null when there is none. */
export async function connectRelay(transactionFolder: string): Promise<Socket | null> {
  const places = sessionPlaces(transactionFolder);
  if (!existsSync(places.socket)) return null;
  const folder = shortPath(places.root);
  const socket = connect(folder.join('socket'));
  try {
    await new Promise<void>((resolve, reject) => socket.once('connect', resolve).once('error', reject));
    return socket;
  } catch (error) {
    if (hasCode(error, 'ECONNREFUSED', 'ENOENT')) return null;
    throw error;
  } finally {
    folder.close();
  }
}

/** Whether a relay lives there, and so maybe a program. */
export async function isRelayed(transactionFolder: string): Promise<boolean> {
  const socket = await connectRelay(transactionFolder);
  socket?.on('error', () => undefined).destroy();
  return socket !== null;
}
