import { expect, it } from 'vitest';
import { testTelegram } from './test-telegram.ts';

const telegram = await testTelegram();

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
