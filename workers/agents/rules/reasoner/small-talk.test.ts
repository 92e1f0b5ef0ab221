import { expect, test } from 'vitest';
import { isSmallTalk } from './small-talk.ts';

test('greetings, thanks and calls for help ask for nothing to be done', () => {
  for (const words of ['hello', 'Hello!', 'hi there :)', 'Good morning', 'thanks', 'help', 'What can you do?', 'hey Choir 👋'])
    expect(isSmallTalk(words), words).toBe(true);
});

test('a goal is a goal, however politely it begins', () => {
  for (const words of ['hello world in python', 'help me write a script', 'hi, create a.txt', 'say hello', 'thanks.txt', ''])
    expect(isSmallTalk(words), words).toBe(false);
});
