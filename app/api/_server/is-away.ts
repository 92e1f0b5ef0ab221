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
]);
const names = new Set(['ClosedConnectionError', 'ConnectionError', 'NoRespondersError', 'TimeoutError']);
/** git speaks in words of its own where a system call would have given a code. */
const words = /No space left on device|Out of diskspace|Read-only file system/;

/** Whether an error, or what caused it, says that something outside this process is away: to try again may help, and it is no fault of the request. */
export function isAway(error: unknown): boolean {
  for (let at = error; at instanceof Error; at = at.cause) {
    if (names.has(at.name) || ('code' in at && codes.has(String(at.code))) || words.test(at.message)) return true;
  }
  return false;
}
