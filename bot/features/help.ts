import { Composer } from 'grammy';
import type { Incoming } from '../incoming.ts';
import { lines, paragraphs } from '../render/rich-text.ts';

/** Every command with the words that Telegram's menu shows. */
export const commandList = [
  { command: 'new', description: 'Give a goal in a new thread' },
  { command: 'status', description: 'What works now, and what waits for you' },
  { command: 'threads', description: 'Your threads; tap one to go on with it' },
  { command: 'diff', description: 'What the thread changed' },
  { command: 'files', description: 'Look at the files, and get one' },
  { command: 'history', description: 'Checkpoints of the thread' },
  { command: 'revert', description: 'Go back to a checkpoint' },
  { command: 'cancel', description: 'Stop the run' },
  { command: 'agent', description: 'Who works on the next goal' },
  { command: 'model', description: 'Which model it works with' },
  { command: 'mode', description: 'How much it asks you, or a dry run first' },
  { command: 'limits', description: 'Where it stops: money, steps, time' },
  { command: 'rules', description: 'What it may not do, and what it must ask' },
  { command: 'project', description: 'Which project the next thread is about' },
  { command: 'help', description: 'What I can do' },
];

const helpText = paragraphs(
  lines(
    'Tell me what should be done, in writing or by voice. While I work on it, your words guide me.',
    'A reply to a message speaks to its thread.',
    'Send files with a caption that says what to do with them, or say it in your next message.',
  ),
  lines(...commandList.map(({ command, description }) => `/${command}  ${description}`)),
);

export const help = new Composer<Incoming>();
help.command(['help', 'start', 'link'], async (incoming) => void (await incoming.say(helpText)));
