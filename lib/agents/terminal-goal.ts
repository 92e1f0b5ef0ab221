/** What a terminal is given: the command line that it starts, and what is typed into it, a line each time it is ready. */
export type TerminalGoal = { command: string; lines: string[] };

/** Reads a goal of the agent `terminal`: its first line is the command, with or without `$ ` before it. */
export function readTerminalGoal(goal: string): TerminalGoal {
  const [first = '', ...lines] = goal.trim().split(/\r?\n/);
  return { command: first.replace(/^\$\s+/, '').trim(), lines };
}
