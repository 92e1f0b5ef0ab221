import { DomainError } from '#lib/core/domain-error.ts';
import { toResponse } from '../_server/to-response.ts';

/** Whatever no other route takes: a program that asks the API gets problem details, never a page. */
function answerUnknown(): Response {
  return toResponse(new DomainError('not-found', 'There is no such operation. GET /api/openapi.json lists all there are.'));
}

export { answerUnknown as DELETE, answerUnknown as GET, answerUnknown as PATCH, answerUnknown as POST, answerUnknown as PUT };
