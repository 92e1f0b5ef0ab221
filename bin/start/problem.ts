/** Something the person can put right. The launcher prints the message as it is, without a stack. */
export class StartProblem extends Error {
  override name = 'StartProblem';
}

export function errorCode(error: unknown): string | undefined {
  return error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : undefined;
}
