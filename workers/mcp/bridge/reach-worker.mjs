import { randomUUID } from 'node:crypto';
import { connect } from 'node:net';
import { createInterface } from 'node:readline';
import { setTimeout as pause } from 'node:timers/promises';
import { runTool } from './run-tool.mjs';

/** Where the sandbox shows the socket of Choir's worker. */
const door = '/run/choir-door/socket';
const retryMs = 200;
/** The worker hangs up on whoever says more at once, so that would be said for ever. */
const lineLimitBytes = 2 * 1024 * 1024 - 1;

/**
 * A way to ask Choir's worker what tools there are, and for a call of one. Workers come and go: all that has no answer is said to each of them anew. What
 * the worker wants run in the sandbox is run here.
 */
export function reachWorker() {
  const bridge = randomUUID();
  const open = new Map();
  let count = 0;
  let worker = null;

  function tell(message) {
    worker?.write(`${JSON.stringify(message)}\n`);
  }

  function close(id) {
    const entry = open.get(id);
    open.delete(id);
    entry?.stop?.();
    return entry;
  }

  async function hear({ id, run, ...answer }) {
    const entry = open.get(id);
    if (!entry) return;
    if (!run) return close(id).resolve(answer);
    if (entry.told.stage !== undefined) return;
    entry.told.stage = 'running';
    const { ended, stop } = runTool(run);
    entry.stop = stop;
    const outcome = await ended;
    if (!open.has(id)) return;
    Object.assign(entry.told, { stage: 'ran', outcome });
    if (!fits(entry.told)) entry.told.outcome = { how: 'interrupted', error: 'It said far more than it was asked for.' };
    tell(entry.told);
  }

  async function keepDoor() {
    for (;;) {
      const socket = connect(door);
      socket.on('error', () => socket.destroy());
      socket.once('connect', () => {
        worker = socket;
        tell({ type: 'hello', bridge });
        for (const { told } of open.values()) tell(told);
      });
      createInterface({ input: socket })
        .on('error', () => {})
        .on('line', (line) => void hear(JSON.parse(line)));
      await new Promise((resolve) => socket.once('close', resolve));
      worker = null;
      await pause(retryMs);
    }
  }

  void keepDoor();
  return {
    /** @param {{type: 'list'} | {type: 'call', name: string, input: unknown}} request answered by `{tools}`, or by `{text, isError}` */
    ask(request) {
      count += 1;
      const id = count;
      const { promise: answered, resolve } = Promise.withResolvers();
      const entry = { told: { id, ...request }, resolve, stop: null };
      if (fits(entry.told)) {
        open.set(id, entry);
        tell(entry.told);
      } else resolve({ text: 'Not done: the input is too long.', isError: true });
      const leave = () => {
        if (close(id)) tell({ type: 'gone', id });
      };
      return { answered, leave };
    },
  };
}

function fits(told) {
  return Buffer.byteLength(JSON.stringify(told)) <= lineLimitBytes;
}
