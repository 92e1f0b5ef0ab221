import { beforeAll, describe, expect, it } from 'vitest';
import { listThreads } from '#lib/threads/list-threads.ts';
import type { ChatPerson } from './person.ts';
import { testTelegram } from './test-telegram.ts';

const telegram = await testTelegram();
let ada: ChatPerson;

beforeAll(async () => {
  ada = await telegram.linkedPerson();
  ada.say('create a file called hello.txt with "hello"');
  await ada.sees('✅ Done');
});

it('registers every command with its description', () => {
  expect(telegram.server.commands.map(({ command }) => command).sort()).toEqual(
    ['agent', 'cancel', 'diff', 'files', 'help', 'history', 'mode', 'new', 'project', 'revert', 'status', 'threads'].sort(),
  );
});

describe('looking', () => {
  it('shows a short diff in the chat, and a long one as a page', async () => {
    ada.say('/diff');
    const short = await ada.sees('+hello');
    expect(short.entities.some((entity) => entity.type === 'pre' && entity.language === 'diff')).toBe(true);
    ada.say(`create a file called long.txt with "${'a line <b>of</b> text '.repeat(300)}"`);
    await ada.sees('long.txt');
    await ada.sees(/✅ Done[\s\S]*long\.txt/);
    ada.say('/diff');
    const page = await telegram.server.until(() => ada.messages().find(({ media }) => media?.file.name === 'changes.html'), 'the page');
    expect(page.media?.file.bytes.toString()).toContain('&lt;b&gt;of&lt;/b&gt;');
  });

  it('walks through the files and gives one', async () => {
    ada.say('/files');
    await ada.sees('📁 Files');
    await ada.tap('hello.txt');
    const file = await ada.sees(/^hello\.txt\nhello/);
    expect(file.entities.map(({ type }) => type)).toEqual(['code', 'pre']);
    await ada.tap('long.txt');
    const sent = () => ada.messages().filter(({ media }) => media?.file.name === 'long.txt').length;
    await telegram.server.until(() => sent() === 1, 'the file');
    ada.say('/files long.txt');
    await telegram.server.until(() => sent() === 2, 'the file by its path');
    ada.say('/files none/such.txt');
    await ada.sees('There is no');
  });

  it('says what works and what waits, and lists threads', async () => {
    ada.say('/status');
    await ada.sees('Nothing runs, nothing waits for you.');
    ada.say('/threads');
    const list = await ada.sees(/^Threads/);
    expect(list.keyboard?.inline_keyboard).toHaveLength(1);
    const runs = () => ada.messages().filter(({ silent, text }) => silent && text.startsWith('✅')).length;
    const before = runs();
    await ada.tap('hello.txt');
    expect(await ada.sees('What should be done next?')).toMatchObject({ id: list.id, keyboard: undefined });
    expect(runs()).toBe(before);
    ada.say('/start choir_telegram_opened_once_more');
    await ada.sees('You are linked already.');
    ada.say('/help');
    await ada.sees('/project  Which project');
    ada.say('/nonsense');
    await ada.sees('I do not know this command');
    ada.say('/etc/hosts');
    await ada.sees('none of them covers this goal');
    ada.say('/project a\0b \\u0000 \ud800');
    await ada.sees('There is no such project. /project lists them');
    ada.say('/project new');
    await ada.sees('Which project are new threads about?');
  });
});

describe('going back', () => {
  it('previews, is refused when the thread moved on, goes back and undoes it', async () => {
    ada.say('/history');
    await ada.sees(/^Checkpoints\n\n#2[\s\S]*← here/);
    ada.say('/revert 0');
    await ada.sees('Go back to #0?');
    const stale = ada.messages().findLast(({ text }) => text.includes('Go back to #0?'))!;
    ada.say('create a file called third.txt with "3"');
    await ada.sees(/✅ Done[\s\S]*third\.txt/);
    const refused = await ada.tapData(ada.chat, stale, (stale.keyboard!.inline_keyboard[0]![0] as { callback_data: string }).callback_data)
      .answered;
    expect(refused.text).toContain('moved on');
    ada.say('/revert 1');
    await ada.sees('Go back to #1?');
    await ada.tap('Files only');
    await ada.sees('Back at #1');
    await ada.tap('Undo');
    await ada.sees(/undone, #3/);
    await ada.tap('Go back again');
    const undo = () =>
      ada
        .messages()
        .flatMap(({ keyboard }) => keyboard?.inline_keyboard.flat() ?? [])
        .filter(({ text }) => text.includes('Undo'));
    await telegram.server.until(() => undo().length === 1, 'the way forth again');
    expect((await ada.tap('Undo')).text).toContain('Done');
    ada.say('/revert nowhere');
    await ada.sees('This thread has no such checkpoint.');
  });
});

describe('choosing', () => {
  it('keeps project, mode and agent for the next goals of the chat', async () => {
    ada.say('/project new shop');
    await ada.sees('New threads are about shop');
    ada.say('/mode');
    await ada.sees('How much should it ask?');
    await ada.tap('plan');
    await ada.sees('plan: the next run shows the plan');
    ada.say('/agent');
    const agents = await ada.sees('Who works on the next goal?');
    expect(agents.entities.map(({ type }) => type)).toContain('expandable_blockquote');
    await ada.tap(/Rules/);
    ada.say('create shop.txt with "open"');
    await ada.sees('Work by this plan?');
    const [thread] = await listThreads(telegram.context);
    expect(thread).toMatchObject({ projectName: 'shop', runStatus: 'waiting' });
    const guidance = ada.say('call it store.txt instead');
    const heard = () =>
      telegram.server.calls.find(({ method, payload }) => method === 'setMessageReaction' && payload.message_id === guidance.id);
    expect(await telegram.server.until(heard, 'a sign that guidance was heard')).toMatchObject({ ok: true });
    ada.say('/cancel');
    await ada.sees('⏹ Stopped');
    ada.say('/mode assisted');
    await ada.sees('assisted: the next run works');
    ada.say('/agent nobody');
    await ada.sees('There is no such agent.');
    ada.say('/cancel');
    await ada.sees('No run is working');
  });

  it('a reply speaks to its thread, whatever the chat is about', async () => {
    ada.say('/new');
    await ada.sees('A new thread: what should be done?');
    ada.say('create other.txt with "o"');
    await ada.sees(/✅ Done[\s\S]*other\.txt/);
    const first = [...ada.chat.messages.values()].find(({ text }) => text.startsWith('create a file called hello.txt'))!;
    ada.say('create fourth.txt with "4"', { replyTo: first });
    await ada.sees(/✅ Done[\s\S]*fourth\.txt/);
    const rows = await listThreads(telegram.context);
    expect(rows[0]?.title).toContain('hello.txt');
    expect(rows).toHaveLength(3);
  });
});
