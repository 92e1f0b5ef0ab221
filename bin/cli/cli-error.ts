/** `completed` 0, `failed` 1, `refused` 2 (bad input, or the server said no), `interrupted` 130 (Ctrl-C; the run goes on). */
export const exitCodes = { completed: 0, failed: 1, refused: 2, interrupted: 130 } as const;

/** Ends the command with a sentence on stderr. */
export class CliError extends Error {
  readonly exitCode: number;
  constructor(message: string, exitCode: number = exitCodes.refused) {
    super(message);
    this.name = 'CliError';
    this.exitCode = exitCode;
  }
}
