import { existsSync } from 'node:fs';
import { endMarkedSandboxes } from '../local/sandbox-processes.ts';
import { connectRelay, isRelayed, sessionPlaces } from './session-folder.ts';
import type { RelayRequest } from './wire.ts';

const stopMs = 1_200;

/** The program that may live in a transaction, seen from a worker that is not attached to it. */
export type FoundSession = {
  /** When it says no, nothing is left of it: a program outlives a killed relay by a moment. */
  isRunning(): Promise<boolean>;
  /** Ends every process of it, within two seconds. `unlessTakenFrom`: only while this owner is the newest that had it. */
  end(options?: { unlessTakenFrom?: string }): Promise<void>;
};

export function findSession(transactionFolder: string, mark: string): FoundSession {
  const hasBeen = () => existsSync(sessionPlaces(transactionFolder).root);

  async function ask(request: RelayRequest): Promise<void> {
    const socket = await connectRelay(transactionFolder);
    if (!socket) return;
    const closed = new Promise<void>((resolve) => socket.once('close', () => resolve()));
    socket.on('error', () => undefined).resume();
    socket.write(`${JSON.stringify(request)}\n`);
    const late = setTimeout(() => socket.destroy(), stopMs);
    await closed;
    clearTimeout(late);
  }

  return {
    async isRunning() {
      if (!hasBeen()) return false;
      if (await isRelayed(transactionFolder)) return true;
      await endMarkedSandboxes(mark);
      return false;
    },
    async end({ unlessTakenFrom } = {}) {
      if (!hasBeen()) return;
      await ask({ type: 'stop', unlessTakenFrom });
      if (unlessTakenFrom === undefined || !(await isRelayed(transactionFolder))) await endMarkedSandboxes(mark);
    },
  };
}
