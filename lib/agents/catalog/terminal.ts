import { agentNames } from '#lib/core/words/agent-name.ts';
import type { AgentDescription } from '../agent-catalog.ts';
import type { AgentProgram } from '../agent-program.ts';
import { readTerminalGoal } from '../terminal-goal.ts';

export const terminal: AgentDescription = {
  id: 'terminal',
  name: agentNames.terminal,
  about: 'Runs the command in the goal’s first line in a terminal, types the lines below it, and asks you whenever it waits for an answer.',
  capabilities: ['commands', 'prompts', 'guidance'],
  cannot: [
    'It decides nothing: it types your words, and its prompts are your approvals.',
    'It tells a prompt from work by the screen alone: where that stands still for two minutes it asks, and sees how it went on once you answer.',
    'Its terminal ends with the run: the next goal starts another.',
    'A password is kept out of the conversation where the program asks for it in words that say so.',
    'The command reaches no model.',
  ],
  providers: [],
  needs: [],
  modelUse: null,
};

export const terminalProgram: AgentProgram = {
  packages: {},
  launch: ({ goal }) => ({ argv: ['bash', '-c', readTerminalGoal(goal).command], env: {}, files: {} }),
  protocol: {
    kind: 'screen',
    waiting: [
      // "(y)", "(y/N)", "[Y/n]:", "(yes/no)?"
      /[([]y(?:es)?(?:\/n(?:o)?(?:\/[^)\]\n]{0,40})?)?[)\]]\s?[:?]?$/i,
      /press (?:enter|return|any key)[^\n]{0,80}$/i,
      // Questions of inquirer, prompts and clack: on the last line, or above a menu with a mark at one of its rows.
      /(?:^|\n)\s*\? [^\n]+$/,
      /(?:^|\n)\s*◆\s+\S/,
      /(?:^|\n)\s*\? [^\n]+(?:\n[^\n]+)*\n\s*[❯›»>] [^\n]+(?:\n[^\n]+)*\n?$/,
      // A line that was not ended: "Password:", "Your name?"
      /[^\s:?][:?]$/,
    ],
    idle: [
      /(?:^|\n)(?:>>>|\.\.\.|>)$/,
      // Shells, and consoles such as "sqlite>" or "postgres=#"; a bar of # is none.
      /(?:^|\n)[^\n]{0,200}[$❯➜]$/,
      /(?:^|\n)[\w.:@()*=~/-]{1,80}[>#]$/,
    ],
    busy: [/\besc to (?:interrupt|cancel)\b/i, /(?:^|\n)[^\n]{0,200}[⠁-⣿][^\n]{0,200}$/],
    idleMs: 120_000,
  },
  memoryBytes: 2 * 1024 ** 3,
};
