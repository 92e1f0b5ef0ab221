import { once } from 'node:events';
import { mkdirSync, renameSync } from 'node:fs';
import { createServer, type Socket } from 'node:net';
import { join } from 'node:path';
import { z } from 'zod';
import { shortPath } from '#workers/sandbox/relay/session-folder.ts';
import { splitLines } from '#workers/sandbox/relay/split-lines.ts';

const Id = z.number().int().positive();
const Told = z.discriminatedUnion('type', [
  z.object({ type: z.literal('hello'), bridge: z.string().min(1).max(100) }),
  z.object({ type: z.literal('list'), id: Id }),
  z.object({ type: z.literal('gone'), id: Id }),
  z.object({
    type: z.literal('call'),
    id: Id,
    name: z.string().max(200),
    input: z.unknown(),
    stage: z.enum(['running', 'ran']).optional(),
    outcome: z.unknown().optional(),
  }),
]);

/**
 * A tool that an agent calls, by the name it was offered. `key` names the call to every worker. `stage`: what the bridge did of it so far, where it runs in
 * the sandbox, with its `outcome`. All of it hostile.
 */
export type ToolRequest = { key: string; name: string; input: unknown; stage?: 'running' | 'ran'; outcome?: unknown };
/** `run`: the bridge is to run it. */
export type ToolAnswer =
  | { text: string; isError: boolean }
  | { run: { argv: string[]; env: Record<string, string>; cwd: string; name: string; input: Record<string, unknown> } };
export type OfferedTool = { name: string; description: string; inputSchema: Record<string, unknown> };

/** Where the bridges of a session knock, as long as a worker is with it. */
export type Door = {
  /** Calls that have no answer, oldest first. */
  open(): ToolRequest[];
  answer(key: string, answer: ToolAnswer): void;
  close(): Promise<void>;
};

const doorName = 'socket';
/** Known to `reach-worker.mjs` too. */
const lineLimitBytes = 2 * 1024 * 1024;
/** Whoever asks and does not read is hung up on. */
const unreadLimitBytes = 4 * 1024 * 1024;
const connectionsLimit = 16;
const openLimit = 64;

/** `onNews` hears when a call came, or came on. Whoever serves the same folder next takes the bridges over. */
export async function serveDoor(input: { folder: string; tools: OfferedTool[]; onNews: () => void }): Promise<Door> {
  const calls = new Map<string, { request: ToolRequest; say: (message: object) => void; id: number }>();
  const sockets = new Set<Socket>();

  function attach(socket: Socket): void {
    let bridge = '';
    sockets.add(socket);
    const say = (message: object) => {
      if (socket.writableLength > unreadLimitBytes) socket.destroy();
      else if (socket.writable) socket.write(`${JSON.stringify(message)}\n`);
    };
    const hear = (line: string) => {
      const told = read(line);
      if (!told) return void socket.destroy();
      if (told.type === 'hello') bridge = told.bridge;
      else if (told.type === 'list') say({ id: told.id, tools: input.tools });
      else if (told.type === 'gone') calls.delete(`${bridge} ${told.id}`);
      else {
        const { type: _, id, ...rest } = told;
        const key = `${bridge} ${id}`;
        if (!calls.has(key) && calls.size >= openLimit)
          return say({ id, text: 'Too many tools are called at the same time.', isError: true });
        calls.set(key, { request: { key, ...rest }, say, id });
        input.onNews();
      }
    };
    const lines = splitLines(lineLimitBytes, hear, () => socket.destroy());
    socket.on('data', lines.write).on('error', () => socket.destroy());
    socket.once('close', () => sockets.delete(socket));
  }

  mkdirSync(input.folder, { recursive: true, mode: 0o700 });
  const short = shortPath(input.folder);
  const name = `${doorName}-${crypto.randomUUID().slice(0, 8)}`;
  const server = createServer(attach);
  server.maxConnections = connectionsLimit;
  await once(server.listen(short.join(name)), 'listening');
  // A server that closes removes the name that it was given: not that of the one after it.
  renameSync(join(input.folder, name), join(input.folder, doorName));

  return {
    open: () => [...calls.values()].map(({ request }) => request),
    answer(key, answer) {
      const call = calls.get(key);
      if (!call) return;
      if ('run' in answer) call.request.stage = 'running';
      else calls.delete(key);
      call.say({ id: call.id, ...answer });
    },
    async close() {
      const closed = once(server, 'close');
      server.close();
      for (const socket of sockets) socket.destroy();
      await closed;
      short.close();
    },
  };
}

/** What is nested too deeply makes the reader give up, by an error of its own. */
function read(line: string): z.infer<typeof Told> | null {
  try {
    return Told.safeParse(JSON.parse(line)).data ?? null;
  } catch {
    return null;
  }
}
