import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { afterAll, expect } from 'vitest';
import { type BotSettings, type RunningBot, startBot } from '#bot/start-bot.ts';
import type { ProviderId } from '#lib/core/model-call.ts';
import { newId } from '#lib/core/new-id.ts';
import { openApprovals } from '#lib/core/state.ts';
import { pinAction } from '#lib/policy/pin-action.ts';
import { createLinkCode } from '#lib/telegram/create-link-code.ts';
import { testWorker } from '#tests/test-worker.ts';
import type { Agent } from '#workers/agents/agent.ts';
import { rulesAgent } from '#workers/agents/rules/rules-agent.ts';
import { openGateway } from '#workers/gateway/gateway-access.ts';
import { workRun } from '#workers/run/work-run.ts';
import { startBotApi } from './bot-api/start-bot-api.ts';
import { type ChatPerson, personIn, transcript } from './person.ts';

type Options = { secondMs?: number; topicsInPrivate?: boolean; agent?: Agent; settings?: Partial<BotSettings>; providers?: ProviderId[] };

/**
 * A bot on a Bot API server of its own, with real services and a worker that takes every job. At the end nothing may stand in the server's `problems`,
 * and the token in no line of the bot's log. With SHOW_CHATS set the chats are printed as people see them.
 */
export async function testTelegram({ secondMs = 20, topicsInPrivate, agent = rulesAgent, settings = {}, providers = [] }: Options = {}) {
  const bench = await testWorker();
  const server = await startBotApi({ secondMs, topicsInPrivate });
  const { home, sandbox } = bench;
  const context = { ...bench.context, models: { ...bench.context.models, providers } };
  const logged: string[] = [];
  const stop = new AbortController();
  const gateway = openGateway({ home, providers: [] });
  const worker = { ...context, workerId: newId('wk'), sandbox, agents: new Map([['rules', agent]]), gateway };
  const working = context.bus.takeJobs((job, signal) => workRun(worker, job, signal), { signal: stop.signal, concurrency: 4 });
  const botSettings: BotSettings = {
    TELEGRAM_BOT_TOKEN: server.token,
    TELEGRAM_API_ROOT: server.root,
    TELEGRAM_SECOND_MS: secondMs,
    TELEGRAM_WEBHOOK_PORT: 0,
    ...settings,
  };
  const start = () => startBot(context, botSettings, (line) => logged.push(line));
  let bot: RunningBot | null = await start();
  let linked = 1_000;

  afterAll(async () => {
    await bot?.stop();
    stop.abort();
    await working;
    await gateway.close();
    await server.stop();
    if (process.env.SHOW_CHATS) for (const chat of server.chats.chats.values()) console.log(transcript(chat, server.people));
    expect(server.problems).toEqual([]);
    const written = JSON.stringify([logged, await context.database.sql`select data from events`]);
    expect(written).not.toContain(server.token.split(':')[1]);
  });

  return {
    ...bench,
    context,
    server,
    logged,
    botSettings,
    async stopBot(): Promise<void> {
      await bot?.stop();
      bot = null;
    },
    async startBot(): Promise<void> {
      bot = await start();
    },
    /** The bot as a process of its own, to be killed. */
    spawnBot() {
      const flags = ['--disable-warning=ExperimentalWarning', '--import', './bin/quick-start.mjs', 'bot/main.ts'];
      const settings = Object.fromEntries(Object.entries(botSettings).map(([name, value]) => [name, String(value)]));
      const child = spawn(process.execPath, flags, {
        env: { ...process.env, ...bench.environment, ...settings },
        stdio: ['ignore', 'pipe', 'pipe'],
      });
      const exited = once(child, 'exit');
      for (const stream of [child.stdout, child.stderr]) stream.setEncoding('utf8').on('data', (text: string) => logged.push(text));
      return {
        exited: exited as Promise<[code: number | null]>,
        async kill(): Promise<void> {
          child.kill('SIGKILL');
          await exited;
        },
      };
    },
    /** Somebody in Telegram who is linked to the owner. */
    async linkedPerson(name = 'Ada'): Promise<ChatPerson> {
      linked += 1;
      const person = personIn(server, { id: linked, name });
      const { code } = await createLinkCode(context);
      person.say(`/start ${code}`);
      await person.sees('Linked.');
      return person;
    },
    /** The oldest question of a thread that nobody has answered. */
    openApproval: async (threadId: string) => openApprovals(await context.ledger.load(threadId))[0],
    /** Asks in a thread's open run what a terminal is to get that waits for a password. */
    async askForPassword(threadId: string): Promise<string> {
      const { run, currentCheckpointId } = await context.ledger.load(threadId);
      const approvalId = newId('ap');
      const action = { cwd: '.', network: false, baseCheckpointId: currentCheckpointId ?? '', screen: 'Password: ', secret: true };
      const question = { runId: run?.runId ?? '', approvalId, kind: 'prompt', reason: 'The terminal waits.' } as const;
      const pinned = { ...action, hash: pinAction(action) };
      const asked = await context.ledger.command(threadId, { actor: 'choir' }, [{ type: 'request-approval', ...question, action: pinned }]);
      if (!asked.ok) throw new Error(asked.message);
      return approvalId;
    },
    stranger: (name = 'Mallory') => personIn(server, { id: 666_000 + linked, name }),
  };
}
export type TestTelegram = Awaited<ReturnType<typeof testTelegram>>;
