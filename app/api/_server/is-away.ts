/** What postgres.js, PostgreSQL itself, NATS' client and the system call a part that cannot be reached or has no room left. */
const codes = new Set([
  'ECONNREFUSED',
  'ECONNRESET',
  'EPIPE',
  'ENOTFOUND',
  'ENOSPC',
  'EROFS',
  'CONNECT_TIMEOUT',
  '57014',
  'CONNECTION_CLOSED',
  'CONNECTION_DESTROYED',
  'CONNECTION_ENDED',
  '53100',
  '53300',
  '57P01',
  '57P02',
  '57P03',
  // Two who waited for each other: one was let go.
  '40P01',
]);
const names = new Set(['ClosedConnectionError', 'ConnectionError', 'NoRespondersError', 'TimeoutError']);
/** git speaks in words of its own where a system call would have given a code. */
const words = /No space left on device|Out of diskspace|Read-only file system/;

/** Whether an error, or what caused it, says that something outside this process is away: to try again may help, and it is no fault of the request. */
export function isAway(error: unknown): boolean {
  return causesOf(error).some((at) => names.has(at.name) || codes.has(codeOf(at)) || words.test(at.message));
}

/** Whether PostgreSQL refused a row because what it belongs to is not there: somebody deleted it since it was looked at. */
export function isOrphan(error: unknown): boolean {
  return causesOf(error).some((at) => codeOf(at) === '23503');
}

function causesOf(error: unknown): Error[] {
  return error instanceof Error ? [error, ...causesOf(error.cause)] : [];
}

function codeOf(error: Error): string {
  return 'code' in error ? String(error.code) : '';
}
