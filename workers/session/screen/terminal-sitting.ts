import type { CallState } from '#lib/core/state.ts';
import type { RunContext } from '#workers/run/run-context.ts';
import type { Session } from '#workers/sandbox/sandbox.ts';
import type { ScreenProtocol } from './read-screen.ts';
import type { Terminal } from './terminal.ts';

/** One worker's time with a program in a terminal. */
export type TerminalSitting = {
  context: RunContext;
  protocol: ScreenProtocol;
  sessionId: string;
  session: Session;
  terminal: Terminal;
  /** The command that the terminal runs. */
  call: CallState;
  /** Hosts that it reached. */
  contacts: ReadonlySet<string>;
};
