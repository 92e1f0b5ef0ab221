import { randomUUID } from 'node:crypto';
import { z } from 'zod';
import { DomainError, type ErrorCode } from '#lib/core/domain-error.ts';
import { isAway, isOrphan } from './is-away.ts';

const statuses: Record<ErrorCode, { status: number; title: string }> = {
  invalid: { status: 400, title: 'Bad request' },
  unauthenticated: { status: 401, title: 'Not signed in' },
  forbidden: { status: 403, title: 'Forbidden' },
  'not-found': { status: 404, title: 'Not found' },
  conflict: { status: 409, title: 'Conflict' },
  'too-large': { status: 413, title: 'Too large' },
  'rate-limited': { status: 429, title: 'Too many requests' },
  unavailable: { status: 503, title: 'Unavailable' },
  unsupported: { status: 501, title: 'Not set up' },
};

export type Problem = z.infer<typeof Problem>;
export const Problem = z.looseObject({
  type: z.literal('about:blank'),
  title: z.string(),
  status: z.number().int(),
  detail: z.string().describe('one sentence for a person'),
  code: z.string().describe('for a program'),
  errorId: z.string().optional().describe('names this failure in the log of the server'),
});

/**
 * Any failure as problem details (RFC 9457). Only a `DomainError` speaks to the caller; all else is logged under an id and says nothing of itself,
 * but whether trying again may help.
 */
export function toResponse(error: unknown): Response {
  if (isDomainError(error)) {
    const { status, title } = statuses[error.code];
    const retryAfter = error.details.retryAfterSeconds;
    const headers: Record<string, string> = typeof retryAfter === 'number' ? { 'retry-after': String(retryAfter) } : {};
    return problem({ ...error.details, type: 'about:blank', title, status, detail: error.message, code: error.code }, headers);
  }
  if (isOrphan(error)) return toResponse(new DomainError('not-found', 'What this belongs to was deleted a moment ago.'));
  const errorId = randomUUID();
  console.error(`[web] error ${errorId}`, error);
  if (isAway(error)) {
    const detail = 'A part of Choir is away: its database, its messaging or its disk. Try again in a moment.';
    return problem(
      { type: 'about:blank', title: 'Unavailable', status: 503, detail, code: 'unavailable', errorId },
      { 'retry-after': '2' },
    );
  }
  const detail = `Something went wrong inside Choir. Its log says more under ${errorId}.`;
  return problem({ type: 'about:blank', title: 'Internal error', status: 500, detail, code: 'internal', errorId });
}

/** By name: a verb may have been loaded by the bundle of a route or by the server around it, and each has its own class. */
function isDomainError(error: unknown): error is DomainError {
  return error instanceof DomainError || (error instanceof Error && error.name === 'DomainError' && 'code' in error);
}

function problem(body: z.infer<typeof Problem>, headers: Record<string, string> = {}): Response {
  return Response.json(body, {
    status: body.status,
    headers: { ...headers, 'content-type': 'application/problem+json', 'cache-control': 'no-store' },
  });
}
