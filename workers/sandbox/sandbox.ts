import { outputLimitBytes } from '#lib/core/tool.ts';
import type { TreeChange } from '#lib/git/commit/tree-change.ts';

export type SandboxKind = 'local' | 'container' | 'microvm' | 'ec2';

/** What a kind of sandbox keeps apart, as the person is told. `level: none` means that every command is asked for. */
export type Isolation = {
  level: 'full' | 'partial' | 'none';
  filesystem: boolean;
  processes: boolean;
  network: boolean;
  limits: string[];
  /** What does not hold on this machine, each with its reason and what to do about it. */
  missing: string[];
};

/** Time in milliseconds, sizes in bytes. */
export type Limits = { timeoutMs: number; memoryBytes: number; processes: number; outputBytes: number; fileBytes: number };

export const defaultLimits: Limits = {
  timeoutMs: 10 * 60_000,
  memoryBytes: 2 * 1024 ** 3,
  processes: 512,
  outputBytes: outputLimitBytes,
  fileBytes: 1024 ** 3,
};

/**
 * `deny`: no way out. `allow`: HTTP and HTTPS through Choir's egress proxy to these hosts ('*' is any public host, '!name' none of it). `follow`: from
 * then on `tell` gets the hosts that may be reached in their place, each time they change.
 */
export type NetworkAccess = { mode: 'deny' } | { mode: 'allow'; hosts: string[]; follow?: (tell: (hosts: string[]) => void) => void };

export type Command = {
  argv: string[];
  /** Relative to the tree. */
  cwd: string;
  env?: Record<string, string>;
  stdin?: Uint8Array;
  network: NetworkAccess;
  limits?: Partial<Limits>;
};

export type ExecResult = {
  /** null when Choir or a limit ended it; 128 + n when signal n of its own did. */
  returncode: number | null;
  ended: 'exited' | 'timed-out' | 'aborted' | 'out-of-memory' | 'killed';
  stdout: string;
  stderr: string;
  durationMs: number;
};

export type OutputListener = (stream: 'stdout' | 'stderr', text: string) => void;

/** `onContact`: a host outside was reached, `host:port`; told once for each, so that a revert can name what it cannot take back. */
export type ExecOptions = { signal: AbortSignal; onOutput?: OutputListener; onContact?: (host: string) => void };

/** A transaction on a working tree: what its commands change stays in an overlay until `keep` or `drop`. */
export type Transaction = {
  exec(command: Command, options: ExecOptions): Promise<ExecResult>;
  /** What the overlay changed, deletions included, sorted by path. */
  changes(): Promise<TreeChange[]>;
  /** Moves the changes into the tree. Idempotent: a keep that was cut off is finished by calling it again on the same id. */
  keep(): Promise<void>;
  drop(): Promise<void>;
};

/** A program for `openSession`. Paths are absolute; `argv` and `env` are the sandbox's own view. */
export type Program = {
  argv: string[];
  env: Record<string, string>;
  /** On the host; bound writable as the program's home folder. */
  home: string;
  /** Bound read-only. */
  mounts: { outside: string; inside: string }[];
  /** Folder on the host that holds the model gateway's `socket`; null: no way to a model. Inside it answers on `gatewayPort`. */
  gateway: string | null;
  /** A terminal of this size instead of pipes: the session's lines are then `TerminalRequest`s in and `TerminalNews` out, as JSON. */
  terminal?: { columns: number; rows: number };
  limits?: Partial<Limits>;
};

/**
 * `keys` are tmux's names: `Enter`, `C-c`, `Up`. `enter` presses Enter behind the text. `start` starts the program again in the same terminal, and ends
 * it where it still runs.
 */
export type TerminalRequest =
  | { type: 'text'; text: string; enter?: boolean }
  | { type: 'keys'; keys: string[] }
  | { type: 'screen' }
  | { type: 'start' };

/**
 * `screen` comes when it changed, at most four times a second, and when it is asked for: every row without trailing spaces, the cursor's
 * column and row from 0, columns and rows. `exited`: the program ended and the terminal stays; null when a signal ended it, or what its shell
 * ran. All of it hostile.
 */
export type TerminalNews =
  | { type: 'screen'; screen: string[]; cursor: [number, number]; size: [number, number] }
  | { type: 'exited'; code: number | null }
  | { type: 'refused'; reason: string };

export const gatewayPort = 4010;

/**
 * `n` grows over the session's whole life: where a program follows another in the same transaction, its numbers go on. `in`: written to the
 * program; `out`: a line of its output, U+FFFD for what is no UTF-8; `end`: it is gone, with how and what it wrote to stderr last (hostile).
 */
export type SessionLine = { n: number; direction: 'in' | 'out' | 'end'; text: string };

/** This machine has not what a program that lives on needs; the message says what. */
export class SessionImpossible extends Error {}

/** A process of the program does not stand still, as one whose child never comes to life: what it changed can only be read once it is ended. */
export class CannotPause extends Error {}

/**
 * A program that lives on when the worker dies: a relay owns its standard input and output and logs every line. It works in the
 * transaction of the same id, so what it changed is read, kept and dropped there.
 */
export type Session = {
  transaction: Transaction;
  /** Whether it ran already when it was opened. */
  wasRunning: boolean;
  /** `n` of the last line when it was opened: what `lines` gives up to that one is history, what comes after it is live. */
  knownLines: number;
  /**
   * Every line of this program from its first, then live; ends after the `end` line, or when a newer worker attached. Read once. A line of
   * more than 8 MiB, or 128 MiB in all, end the program. Throws when the signal aborts.
   */
  lines(signal: AbortSignal): AsyncIterable<SessionLine>;
  /** Settles when the line is logged, or `logged` in its place: whoever attaches later sees it. Throws when the program is gone or a newer worker has it. */
  write(line: string, logged?: string): Promise<void>;
  /** Hosts that the program may reach once this settles, and no others; none to begin with, and none while no worker is attached. */
  allowHosts(hosts: string[], onContact?: (host: string) => void): Promise<void>;
  /**
   * Does work while no process of the program can run. What reads the changes of a running program belongs in here: else it can put a link
   * in the place of a folder between two looks, and have a file of the host read for its own.
   */
  paused<Result>(work: () => Promise<Result>): Promise<Result>;
  /** Leaves it running for the next worker. */
  detach(): Promise<void>;
  /** Ends every process of it; the transaction stays. */
  stop(): Promise<void>;
};

export type Sandbox = {
  kind: SandboxKind;
  isolation: Isolation;
  /** Opens the transaction `id` of a thread, or takes up again one that an earlier process left behind. */
  begin(input: { threadId: string; id: string }): Promise<Transaction>;
  /**
   * Takes up the program that lives in the transaction `id`, from whoever had it, or starts it there. Throws `SessionImpossible` where there are no walls
   * (a program that lives on is never run without) or no terminal that it wants.
   */
  openSession(input: { threadId: string; id: string; program: Program; signal: AbortSignal }): Promise<Session>;
  /**
   * Text of a plain file as a transaction sees it, or as the tree has it where that is not open. Null where there is none, and for links, what is longer
   * than `limitBytes` and all else. A program that runs may change it at once.
   */
  readFile(input: { threadId: string; id?: string; path: string; limitBytes: number }): Promise<string | null>;
  /** Ids of transactions that lie open for this thread. */
  open(threadId: string): Promise<string[]>;
  /** Ends every process of this thread's sandboxes; sessions live on when they are to be kept. */
  stop(threadId: string, options?: { keepSessions?: boolean }): Promise<void>;
  /** Ends everything that this worker started or took over. */
  close(): Promise<void>;
};
