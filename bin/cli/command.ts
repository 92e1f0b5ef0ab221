import type { Client } from './client.ts';
import type { Terminal } from './terminal.ts';

/** One word of the command line. `run` gets what stands behind it and returns the exit code. */
export type Command = {
  usage: string;
  about: string;
  /** Shown by `choir <command> --help` below the usage. */
  details?: string;
  run(session: Session, args: string[]): Promise<number>;
};

export type Session = { client: Client; terminal: Terminal };
