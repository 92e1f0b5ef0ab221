import { existsSync } from 'node:fs';
import type { Socket } from 'node:net';
import { endMarkedSandboxes } from '../local/sandbox-processes.ts';
import { CannotPause } from '../sandbox.ts';
import { connectRelay, isRelayed, sessionPlaces } from './session-folder.ts';
import { pausedAnswer, type RelayRequest } from './wire.ts';

const stopMs = 1_200;
/** A relay that lives gives up after a third of it. */
const pauseMs = 10_000;

/** The program that may live in a transaction, seen from a worker that is not attached to it. */
export type FoundSession = {
  /** When it says no, no process of the program is left: one outlives a killed relay by a moment. */
  isRunning(): Promise<boolean>;
  /** Ends every process of it, within two seconds. `unlessTakenFrom`: only while this owner is the newest that had it. */
  end(options?: { unlessTakenFrom?: string }): Promise<void>;
  /** Does work while no process of the program can run. Throws `CannotPause`. */
  paused<Result>(work: () => Promise<Result>): Promise<Result>;
};

export function findSession(transactionFolder: string, mark: string): FoundSession {
  const hasBeen = () => existsSync(sessionPlaces(transactionFolder).root);

  async function isRunning(): Promise<boolean> {
    if (!hasBeen()) return false;
    if (await isRelayed(transactionFolder)) return true;
    await endMarkedSandboxes(mark, { spareRelays: true });
    return false;
  }

  return {
    isRunning,
    async paused(work) {
      const socket = await connectRelay(transactionFolder);
      try {
        const answer = socket ? await request(socket, { type: 'pause' }, pauseMs) : null;
        if (answer !== pausedAnswer && (await isRunning())) throw new CannotPause('The program could not be paused.');
        return await work();
      } finally {
        socket?.destroy();
      }
    },
    async end({ unlessTakenFrom } = {}) {
      if (!hasBeen()) return;
      const socket = await connectRelay(transactionFolder);
      if (socket) await request(socket, { type: 'stop', unlessTakenFrom }, stopMs);
      if (unlessTakenFrom === undefined || !(await isRelayed(transactionFolder))) await endMarkedSandboxes(mark);
    },
  };
}

/** Asks the relay, and gives its answer; null when it hangs up without one, or after `patienceMs`. */
async function request(socket: Socket, what: RelayRequest, patienceMs: number): Promise<string | null> {
  const late = setTimeout(() => socket.destroy(), patienceMs);
  const answer = new Promise<string | null>((resolve) => {
    socket.on('error', () => socket.destroy()).once('close', () => resolve(null));
    socket.once('data', (chunk) => resolve(chunk.toString()));
  });
  socket.write(`${JSON.stringify(what)}\n`);
  return answer.finally(() => clearTimeout(late));
}
