import { startBot } from '#bot/start-bot.ts';
import { createLinkCode } from '#lib/telegram/create-link-code.ts';
import { placeThread } from '#lib/telegram/places.ts';
import { startBotApi } from '#tests/telegram/bot-api/start-bot-api.ts';
import { type ChatPerson, personIn } from '#tests/telegram/person.ts';
import { type Figure, percentile, spread, under } from './measure.ts';
import type { Session } from './session.ts';

const warmUp = 20;
const taps = 240;
const runs = 3;
const typeEveryMs = 50;
/** A message in 20 ms instead of a second, so that cards come as fast as they are answered: the bot edits and sends 50 times as much meanwhile. */
const hurriedMs = 20;
const goal =
  '/new create notes.md with "- buy milk", then write a Python script that prints the first 10 Fibonacci numbers and run it, then delete notes.md';

/** The bot against a Bot API server over loopback: what a tap costs while a run streams, and how much a run says at Telegram's own pace. */
export async function benchTelegram(session: Session): Promise<Figure[]> {
  const answered = await inChat(session, hurriedMs, (chat) => tapWhileStreaming(session, chat));
  const { sent, edited, drafted, events } = await inChat(session, 1_000, (chat) => countMessages(session, chat));
  const each = (count: number) => (count / runs).toFixed(1);
  return [
    { what: 'tap on Approve -> answered, a run streaming', value: spread(answered), aim: under(200, percentile(answered, 0.99)) },
    { what: 'a run of four steps and a question', value: `${each(sent)} messages, ${each(edited)} edits, ${each(drafted)} drafts` },
    { what: 'the events of it', value: each(events) },
  ];
}

type InChat = { ada: ChatPerson; server: Awaited<ReturnType<typeof startBotApi>> };

async function inChat<Result>({ context }: Session, secondMs: number, work: (chat: InChat) => Promise<Result>): Promise<Result> {
  const server = await startBotApi({ secondMs });
  const settings = {
    TELEGRAM_BOT_TOKEN: server.token,
    TELEGRAM_API_ROOT: server.root,
    TELEGRAM_SECOND_MS: secondMs,
    TELEGRAM_WEBHOOK_PORT: 0,
  };
  const bot = await startBot(context, settings, () => {});
  try {
    const ada = personIn(server, { id: 70_000 + secondMs, name: 'Ada' });
    ada.say(`/start ${(await createLinkCode(context)).code}`);
    await ada.sees('Linked.');
    return await work({ ada, server });
  } finally {
    await bot.stop();
    await server.stop();
    // The next server counts its updates from the same number.
    await context.database.sql`delete from telegram_updates`;
  }
}

async function tapWhileStreaming({ context, holdThread }: Session, { ada, server }: InChat): Promise<number[]> {
  const { ledger, bus } = context;
  const thread = await holdThread();
  const { threadId, runId } = thread;
  const { workspaceId } = await ledger.load(threadId);
  await placeThread(context, { chatId: ada.id, topicId: 0, threadId, telegramId: ada.id });
  const typing = setInterval(
    () => bus.publishTyping(workspaceId, threadId, { runId, callId: runId, stream: 'text', text: 'and so on ' }),
    typeEveryMs,
  );
  const times: number[] = [];
  try {
    for (let index = 0; index < warmUp + taps; index += 1) {
      const call = { tool: 'run_command', args: { command: `curl line-${index}.example`, cwd: '.' } } as const;
      const action = { call, cwd: '.', network: true, baseCheckpointId: 'cp_x', hash: `hash-${index}` };
      const approvalId = `ap_bench_${runId}_${index}`;
      const asked = await ledger.command(threadId, { actor: 'choir' }, [
        ...(index === 0 ? [] : [{ type: 'take-run', runId, workerId: 'wk_bench', reason: 'recovered' } as const]),
        { type: 'request-approval', runId, approvalId, kind: 'outside', action, reason: 'Uses the network.' },
      ]);
      if (!asked.ok) throw new Error(asked.message);
      const card = await server.until(
        () => ada.messages().find(({ text, keyboard }) => keyboard && text.includes(`line-${index}.`)),
        'the card',
      );
      const button = card.keyboard?.inline_keyboard[0]?.[0];
      const startedAt = performance.now();
      const answer = await ada.tapData(ada.chat, card, button && 'callback_data' in button ? (button.callback_data ?? '') : '').answered;
      if (answer.text !== '✅ Approved') throw new Error(`The tap was answered with ${answer.text}.`);
      if (index >= warmUp) times.push(performance.now() - startedAt);
    }
  } finally {
    clearInterval(typing);
    await thread.close();
  }
  return times;
}

async function countMessages({ context }: Session, { ada, server }: InChat) {
  const from = server.calls.length;
  const known = await eventCount(context);
  for (let run = 0; run < runs; run += 1) {
    const done = () => ada.messages().filter(({ text }) => text.startsWith('✅ Done')).length;
    ada.say(goal);
    await server.until(
      () => ada.messages().find(({ text, keyboard }) => keyboard && text.includes('Keep what this did?')),
      'the card',
      60_000,
    );
    await ada.tap('Approve');
    await server.until(() => done() > run, 'the end', 60_000);
    await server.until(() => ada.messages().findLast(({ text }) => text.includes('executed ✓')), 'the receipt', 60_000);
  }
  const count = (method: RegExp) => server.calls.slice(from).filter((call) => call.ok && method.test(call.method)).length;
  const events = (await eventCount(context)) - known;
  return { sent: count(/^send(?!MessageDraft|ChatAction)/), edited: count(/^edit/), drafted: count(/^sendMessageDraft$/), events };
}

async function eventCount({ database }: Session['context']): Promise<number> {
  const [row] = await database.sql<{ count: number }[]>`select count(*)::int as count from events`;
  return row?.count ?? 0;
}
