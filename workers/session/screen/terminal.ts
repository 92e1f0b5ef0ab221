import type { Session } from '#workers/sandbox/sandbox.ts';
import { ProgramEnded, SessionTaken } from '../endings.ts';
import { emptyTerminal, foldTerminal, type TerminalView } from './terminal-view.ts';
import type { NamedRequest } from './typed-request.ts';

/** A terminal in a sandbox, as its session's log tells of it. */
export type Terminal = {
  view(): TerminalView;
  /** The rows that the thread was told of last; empty since the program started anew. */
  before(): string[];
  /** The thread was told of what the screen shows now. */
  told(): void;
  /** Milliseconds since something changed, or was typed. */
  stillMs(): number;
  /** Waits for a change, at most that long. Throws `ProgramEnded`, `SessionTaken`, or when the signal aborts. */
  next(waitMs: number): Promise<void>;
  /** Ends a `next`, the one that waits or the one to come. */
  wake(): void;
  /** Settles when it stands in the log and the view knows of it; of a secret only that something was typed. */
  say(request: NamedRequest, secret?: boolean): Promise<void>;
};

/** `toldLine`: the line of the log whose screen the thread was told of last. Gives the terminal as it stands after all that is past. */
export async function createTerminal(session: Session, signal: AbortSignal, toldLine: number): Promise<Terminal> {
  const lines = session.lines(signal)[Symbol.asyncIterator]();
  let pending: ReturnType<typeof lines.next> | null = null;
  let woken = Promise.withResolvers<'woken'>();
  let view = emptyTerminal;
  let before: string[] = [];
  let line = 0;
  let changedAt = Date.now();

  function hear(came: Awaited<NonNullable<typeof pending>>): void {
    signal.throwIfAborted();
    if (came.done) throw new SessionTaken('Another worker has taken the terminal over.');
    const { direction, text } = came.value;
    if (direction === 'end') throw new ProgramEnded(text);
    line = came.value.n;
    const earlier = view;
    view = foldTerminal(view, came.value);
    if (view.typedLine > earlier.typedLine && view.told.size === 0) before = [];
    if (view.screenLine === toldLine) before = view.rows;
    if (view !== earlier) changedAt = Date.now();
  }

  async function next(waitMs: number): Promise<void> {
    pending ??= lines.next();
    pending.catch(() => {});
    const late = Promise.withResolvers<'late'>();
    const timer = setTimeout(() => late.resolve('late'), waitMs);
    const came = await Promise.race([pending, woken.promise, late.promise]).finally(() => clearTimeout(timer));
    if (came === 'woken') woken = Promise.withResolvers();
    else if (came !== 'late') {
      pending = null;
      hear(came);
    }
  }

  while (line < session.knownLines) await next(60_000);

  return {
    view: () => view,
    before: () => before,
    told() {
      before = view.rows;
    },
    stillMs: () => Date.now() - changedAt,
    next,
    wake: () => woken.resolve('woken'),
    async say(request, secret = false) {
      const { inLine } = view;
      const isHidden = secret && request.type === 'text';
      await session.write(JSON.stringify(request), isHidden ? JSON.stringify({ ...request, text: '' }) : undefined);
      while (view.inLine === inLine) await next(1_000);
    },
  };
}
