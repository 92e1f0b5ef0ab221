import type { AgentProtocol } from '#lib/agents/agent-program.ts';
import type { TerminalView } from './terminal-view.ts';

export type ScreenProtocol = Extract<AgentProtocol, { kind: 'screen' }>;

/** `unclear`: no pattern of the agent's says. */
export type Reading = 'waiting' | 'idle' | 'busy' | 'unclear';

const linesRead = 12;
/** A screen comes four times a second at most: what stands longer is no drawing that goes on. */
const settleMs = 750;
/** Time for a program to show that it got what was typed. */
const reactionMs = 5_000;

/** What the screen says of the program. Pure. */
export function readScreen({ waiting, idle, busy }: ScreenProtocol, view: TerminalView): Reading {
  const text = lastLines(view);
  const says = (patterns: RegExp[]) => patterns.some((pattern) => pattern.test(text));
  if (says(waiting)) return 'waiting';
  if (says(idle)) return 'idle';
  return says(busy) ? 'busy' : 'unclear';
}

/** How long the screen must stand still before that holds, in milliseconds. Pure. */
export function stillnessFor(reading: Reading, { idleMs }: ScreenProtocol, { screenLine, typedLine }: TerminalView): number {
  if (reading === 'busy') return Number.POSITIVE_INFINITY;
  const needed = reading === 'unclear' ? idleMs : settleMs;
  return screenLine > typedLine ? needed : Math.max(needed, reactionMs);
}

function lastLines({ rows, cursorRow }: TerminalView): string {
  const filled = rows.findLastIndex((row) => row.trimEnd() !== '');
  const end = Math.min(rows.length, Math.max(cursorRow, filled) + 1);
  return rows
    .slice(Math.max(0, end - linesRead), end)
    .map((row) => row.trimEnd())
    .join('\n');
}
