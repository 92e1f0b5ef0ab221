import { randomBytes } from 'node:crypto';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { buffer } from 'node:stream/consumers';
import { createChats } from './chats.ts';
import { Refusal } from './check-content.ts';
import { floodControl } from './flood-control.ts';
import { botApiMethods, type Surroundings } from './methods.ts';
import { updateQueue } from './update-queue.ts';

export type Call = { method: string; payload: Record<string, unknown>; at: number; ok: boolean };
/** What befalls a call before the server looks at it: `lost` is done, and its answer never arrives. */
export type Trouble = { status: number; description?: string } | { retryAfter: number; all?: boolean } | 'refused' | 'lost' | null;
class Befallen extends Refusal {}

const longestWaitMs = 50_000;

export type BotApiServer = Awaited<ReturnType<typeof startBotApi>>;

/**
 * Telegram's server for one bot, over loopback, as strict as the documentation and stricter: what the bot should never have sent stands in `problems`.
 * `secondMs`: how long a second of Telegram's limits and timeouts takes here.
 */
export async function startBotApi({ secondMs = 20, topicsInPrivate = false }: { secondMs?: number; topicsInPrivate?: boolean } = {}) {
  const token = `7000000001:${randomBytes(26).toString('base64url').replaceAll('-', 'x').slice(0, 35)}`;
  const problems: string[] = [];
  const calls: Call[] = [];
  const chats = createChats();
  const queue = updateQueue({ chats, secondMs });
  const world: Surroundings = {
    chats,
    queue,
    people: new Map(),
    callbacks: new Map(),
    inlineAnswers: new Map(),
    commands: [],
    topicsInPrivate,
  };
  const flood = floodControl({ secondMs, report: (problem) => problems.push(problem) });
  const methods = botApiMethods(world);
  let trouble: (method: string, payload: Record<string, unknown>) => Trouble = () => null;

  async function call(method: string, incoming: IncomingMessage, outgoing: ServerResponse): Promise<unknown> {
    const known = methods[method];
    const payload = await readPayload(incoming);
    if (!known) {
      problems.push(`${method} is no method that the bot may call`);
      throw new Refusal(404, 'Not Found');
    }
    const record: Call = { method, payload, at: performance.now(), ok: false };
    calls.push(record);
    const chatId = typeof payload.chat_id === 'number' ? payload.chat_id : undefined;
    const befallen = trouble(method, payload);
    if (befallen === 'refused') outgoing.destroy();
    if (befallen && typeof befallen === 'object' && 'status' in befallen)
      throw new Befallen(befallen.status, befallen.description ?? 'Internal Server Error');
    flood.check(method, chatId, Array.isArray(payload.media) ? payload.media.length : 1);
    if (befallen && typeof befallen === 'object' && 'retryAfter' in befallen)
      throw flood.close(befallen.all ? 'all' : (chatId ?? 'all'), befallen.retryAfter);
    const parsed = known.payload.safeParse(payload);
    if (!parsed.success) {
      const { path, message } = parsed.error.issues[0] ?? { path: [], message: '' };
      throw new Refusal(400, `Bad Request: ${path.join('.')}: ${message}`);
    }
    const gone = new AbortController();
    outgoing.once('close', () => gone.abort());
    const result = await known.run(parsed.data as never, gone.signal);
    record.ok = true;
    if (befallen === 'lost') outgoing.destroy();
    return result;
  }

  const server = createServer((incoming, outgoing) => {
    const path = new URL(incoming.url ?? '/', 'http://telegram').pathname;
    const file = path.startsWith(`/file/bot${token}/documents/`) ? chats.files.get(path.split('/').at(-1) ?? '') : undefined;
    if (file) return void outgoing.end(file.bytes);
    const method = path.startsWith(`/bot${token}/`) ? path.slice(`/bot${token}/`.length) : '';
    const reply = (status: number, body: object) => {
      if (!outgoing.destroyed) outgoing.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
    };
    call(method, incoming, outgoing).then(
      (result) => reply(200, { ok: true, result }),
      (error: unknown) => {
        const { code, message, parameters } = error instanceof Refusal ? error : new Refusal(500, String(error));
        const expected =
          /not modified|upgraded to a supergroup|thread not found|to edit not found|query is too old|blocked|file is too big|not a forum|IMAGE_PROCESS_FAILED|to delete? not found/;
        if (!(error instanceof Befallen) && code !== 429 && code !== 409 && !expected.test(message)) problems.push(`${method}: ${message}`);
        reply(code, { ok: false, error_code: code, description: message, parameters });
      },
    );
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));

  return {
    ...world,
    root: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    token,
    secondMs,
    problems,
    calls,
    /** What befalls the calls from now on. */
    trouble(given: typeof trouble): void {
      trouble = given;
    },
    /**
     * Resolves with the first value that is neither undefined nor false; asked again whenever something changed. Rejects when nothing has changed for
     * `quietMs`, so that a slow machine is waited for as long as it gets on, up to what a test may take.
     */
    async until<Value>(look: () => Value | undefined | false, what: string, quietMs = 25_000): Promise<Value> {
      const last = performance.now() + Math.max(quietMs, longestWaitMs);
      let end = performance.now() + quietMs;
      for (;;) {
        const found = look();
        if (found !== undefined && found !== false) return found as Value;
        if (performance.now() > end) throw new Error(`Waited in vain for ${what}.`);
        await new Promise<void>((resolve) => {
          const timer = setTimeout(resolve, 200);
          chats.changes.once('change', () => {
            clearTimeout(timer);
            end = Math.min(last, performance.now() + quietMs);
            resolve();
          });
        });
      }
    },
    async stop(): Promise<void> {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

async function readPayload(incoming: IncomingMessage): Promise<Record<string, unknown>> {
  const body = await buffer(incoming);
  const type = incoming.headers['content-type'] ?? '';
  if (body.length === 0) return {};
  if (type.startsWith('application/json')) return JSON.parse(body.toString());
  const form = await new Response(new Uint8Array(body), { headers: { 'content-type': type } }).formData();
  const fields = [...form].map(([name, value]) => [name, typeof value === 'string' ? readField(value) : value] as const);
  const attached = new Map(fields);
  const used = new Set<string>();
  for (const [name, value] of fields) {
    if (typeof value !== 'string' || !value.startsWith('attach://')) continue;
    const part = value.slice('attach://'.length);
    attached.set(name, attached.get(part));
    used.add(part);
  }
  return Object.fromEntries([...attached].filter(([name]) => !used.has(name)));
}

function readField(value: string): unknown {
  try {
    return JSON.parse(value);
  } catch {
    return value;
  }
}
