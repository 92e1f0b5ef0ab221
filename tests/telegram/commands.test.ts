import { beforeAll, describe, expect, it } from 'vitest';
import { listThreads } from '#lib/threads/list-threads.ts';
import { type ChatPerson, dataOf } from './person.ts';
import { testTelegram } from './test-telegram.ts';

const telegram = await testTelegram({ providers: ['anthropic'] });
const newestRun = async () => (await telegram.context.ledger.load((await listThreads(telegram.context))[0]!.id)).run;
let ada: ChatPerson;

beforeAll(async () => {
  ada = await telegram.linkedPerson();
  ada.say('create a file called hello.txt with "hello"');
  await ada.sees('✅ Done');
});

it('registers every command with its description', () => {
  expect(telegram.server.commands.map(({ command }) => command).sort()).toEqual(
    'agent cancel diff files help history limits mode model new project revert rules status threads'.split(' '),
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
    expect((await ada.sees('Here: ')).text).toContain('Rules (the default: rules for what they cover, a model for the rest), assisted');
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
    const refused = await ada.tapData(ada.chat, stale, dataOf(stale)).answered;
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
    expect(agents.text).toContain('Cost of a goal: free; what no rule covers costs what Model costs, about $');
    await ada.tap(/Rules/);
    await ada.sees('Rules works on the next goals here.');
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

  it('keeps the model for agents that work with it', async () => {
    ada.say('/model');
    await ada.sees('Rules works without a model.');
    ada.say('/agent claude-code');
    const chosen = await ada.sees('Claude Code works on the next goals here.');
    expect(chosen.text).toMatch(/Cost of a goal: about \$\d.* list prices of anthropic\/claude-[\s\S]*\/mode says/);
    ada.say('/model');
    await ada.sees('Which model works on the next goals?');
    await ada.tap('anthropic/');
    await ada.sees(/^anthropic\/\S+ works on the next goals here/);
    ada.say('/model openai/gpt-5');
    await ada.sees('Claude Code works with models of anthropic');
    ada.say('/model gpt-5');
    await ada.sees('A model is provider/model');
    ada.say('/mode');
    expect((await ada.sees('And of what it does in its own process?')).keyboard?.inline_keyboard).toHaveLength(3);
    await ada.tap('each turn');
    await ada.sees('each turn: an agent with a process of its own');
    ada.say('/status');
    await ada.sees(/Next goal: Claude Code · anthropic\/\S+ · assisted · judged by turn/);
    ada.say('/agent rules');
    await ada.sees('The model is its own choice again');
    ada.say('/agent best fit');
    await ada.sees('Choir chooses who works');
    ada.say('/status');
    await ada.sees('Next goal: best fit');
    ada.say('/model usual');
    await ada.sees('The agent’s own choice of model');
  });

  it('shows all that a dry run would do, and asks at the limits that were set', async () => {
    ada.say('/mode dry run');
    await ada.sees('dry run: the next run shows all');
    ada.say('/new create dry.txt with "d", then create wet.txt with "w"');
    await ada.sees('Keep what this dry run did?');
    expect(await newestRun()).toMatchObject({ dryRun: true, judgement: 'turn', mode: 'assisted', limits: {} });
    await ada.tap('Reject');
    await ada.sees('Nothing was done');
    ada.say('/limits');
    const menu = await ada.sees('Where should the next runs stop and ask?');
    expect(menu.text).toContain('Nowhere: no limit is set.');
    await ada.tap('$5');
    await ada.tap('save every 10 min');
    await ada.sees('$5.00, a checkpoint every 10 min');
    await ada.tap('✓ $5');
    await ada.tap('15 min');
    expect((await ada.sees('15 min, a checkpoint every 10 min')).id).toBe(menu.id);
    ada.say('/limits 1 step and cheap');
    await ada.sees('I do not understand “and cheap”.');
    ada.say('/limits 1 step, $2');
    await ada.sees('$2.00, 1 step, 15 min, a checkpoint every 10 min');
    // A menu of before changes what is tapped, and nothing that was chosen since.
    await ada.tap('save every 2 min', ada.chat, menu.id);
    await ada.sees('$2.00, 1 step, 15 min, a checkpoint every 2 min');
    ada.say('/mode assisted');
    await ada.sees('assisted: the next run');
    ada.say('create dry.txt with "d", then create wet.txt with "w"');
    await ada.sees('The limit is reached. Go on?');
    const limits = { budgetUsd: 2, maxIterations: 1, timeMs: 900_000, checkpointEveryMs: 120_000 };
    expect(await newestRun()).toMatchObject({ dryRun: false, limits });
    await ada.tap('Reject');
    await ada.sees('Stopped at its limit.');
    ada.say('/limits none');
    await ada.sees('Nowhere: no limit is set.');
  });

  it('tells of the files of a run on its own once', async () => {
    ada.say('/mode autonomous');
    ada.say('/new create auto.txt with "a"');
    const end = await ada.sees('Asked: nothing');
    expect(end.text.match(/auto\.txt/g)).toHaveLength(2);
    expect(end.text).not.toContain('Files:');
    ada.say('/mode assisted');
    await ada.sees('assisted: the next run');
  });

  it('says a rule back before it holds, asks where, and revokes it', async () => {
    ada.say('/rules');
    await ada.sees('No rule of yours holds here.');
    ada.say('/rules never touch secret/ and be nice');
    await ada.sees('I do not understand “be nice”.');
    ada.say('/rules never touch secret/');
    await ada.sees('This would hold. Where?');
    expect((await ada.tap('In this thread')).text).toBe('It holds');
    await ada.sees('Holds in this thread from now on.');
    ada.say('create secret/key.txt with "k"');
    await ada.sees(/❌ Failed[\s\S]*⛔ The rule “never touch secret\/” forbids this/);
    ada.say('/rules');
    const list = await ada.sees('What holds here');
    expect(list.text).toMatch(/1\. ⛔ secret\/ .*\n.* · set by .* · applied once/);
    await ada.tap('Revoke 1');
    await ada.sees('Set it again: /rules never touch secret/');
    expect((await ada.sees('No rule of yours holds here.')).id).toBe(list.id);
    ada.say('create secret/key.txt with "k"');
    await ada.sees(/✅ Done[\s\S]*key\.txt/);
    ada.say('/rules revoke 1');
    await ada.sees('No rule has the number 1.');
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
    expect(rows).toHaveLength(5);
  });
});
