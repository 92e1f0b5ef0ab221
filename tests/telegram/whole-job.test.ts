import { expect, it } from 'vitest';
import { listThreads } from '#lib/threads/list-threads.ts';
import { stepAgent } from '#tests/agents/step-agent.ts';
import { create, shell } from '#tests/run-bench.ts';
import { rulesAgent } from '#workers/agents/rules/rules-agent.ts';
import { testTelegram } from './test-telegram.ts';

const numbered = Array.from({ length: 60 }, (_, at) => `price ${at + 1}\n`).join('');
const edit = 'rm old.md; sed -i "3s/.*/THREE/; 30s/.*/THIRTY/; 55s/.*/LAST/" list.txt; printf "\\0" > logo.bin';
const tidying = stepAgent([create('list.txt', numbered), create('old.md', 'old\n'), shell(edit)]);
const telegram = await testTelegram({
  agent: { ...rulesAgent, next: (view, signal) => (view.run.goal === 'tidy up' ? tidying : rulesAgent).next(view, signal) },
});

it('takes a goal from the first word to the way back, in one chat', async () => {
  const ada = await telegram.linkedPerson();
  ada.say(
    'create notes.md with "- buy milk", then write a Python script that prints the first 10 Fibonacci numbers and run it, then delete notes.md',
  );
  const card = await ada.sees('Keep what this did?');
  expect(card.silent).toBe(false);
  expect((await ada.tap('Approve')).text).toContain('Approved');
  await ada.sees('✅ Done');
  await ada.sees(/stored ✓ → delivered ✓ → executed ✓/);
  await ada.tap('Take back');
  await ada.sees('Go back to #0?');
  await ada.tap('Files and conversation');
  await ada.sees('Back at #0');
  await ada.tap('Undo');
  await ada.sees(/Going back was undone, #[1-9]/);
});

it('keeps the files and the parts that were ticked, also where the bot that took a tick never showed it', async () => {
  const ada = await telegram.linkedPerson();
  ada.say('/new tidy up');
  const card = await ada.sees('Keep what this did?');
  const shows = (words: string) =>
    telegram.server.until(() => JSON.stringify([card.text, card.keyboard]).includes(words), `${words} on the card`);
  await ada.tap('Choose');
  await shows('Keep all 3 files');
  await ada.tap('logo.bin');
  await shows('Keep 2 of 3 files');
  await ada.tap('3 parts');
  await shows('-price 30\\n+THIRTY\\n');
  telegram.server.trouble((method) => (method === 'editMessageText' ? 'refused' : null));
  await ada.tap('Part 2');
  await telegram.stopBot();
  telegram.server.trouble(() => null);
  await telegram.startBot();
  await shows('2 of 3 parts');
  await ada.tap('Part 3');
  await shows('1 of 3 parts');
  await ada.tap('Files');
  await shows('Keep 2 of 3 files without 2 parts');
  expect((await ada.tap('Keep')).text).toBe('✅ Approved: 2 of 3 files without 2 parts');
  await shows('✅ Approved in part by you');
  await shows('executed ✓ Kept 2 of 3 files without 2 parts');
  await ada.sees('✅ Done');
  const [thread] = await listThreads(telegram.context);
  const { checkpoints } = await telegram.context.ledger.load(thread!.id);
  expect(checkpoints.at(-1)?.changes.files).toMatchObject([
    { path: 'list.txt', additions: 1, deletions: 1 },
    { path: 'old.md', status: 'deleted' },
  ]);
});
