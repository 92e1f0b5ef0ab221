import { openApiDocument } from '../_contract/openapi.ts';

export function GET(): Response {
  return Response.json(openApiDocument());
}
