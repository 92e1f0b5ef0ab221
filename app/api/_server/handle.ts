import type { z } from 'zod';
import { authenticate } from '#lib/auth/authenticate.ts';
import { isSameOrigin } from '#lib/auth/is-same-origin.ts';
import type { Context } from '#lib/context.ts';
import { DomainError } from '#lib/core/domain-error.ts';
import { services, type WebServices } from '#lib/services.ts';
import type { InputOf, Operation, ReplyOf } from '../_contract/operation.ts';
import { readJson, requireStorable } from './read-json.ts';
import { toResponse } from './to-response.ts';

export type RouteParams = { params: Promise<Record<string, string>> };
export type RouteHandler = (request: Request, route: RouteParams) => Promise<Response>;
export type RouteContext = Context & Pick<WebServices, 'settings'>;

/** The one way a route answers: who asks, what they send, one verb, and every failure as problem details. */
export function handle<Op extends Operation>(
  operation: Op,
  run: (context: RouteContext, input: InputOf<Op>, request: Request) => Promise<ReplyOf<Op> | Response>,
): RouteHandler {
  return (request, route) =>
    answering(async () => {
      const opened = await services();
      const actor = await requireActor(opened, request);
      const input = await readInput(operation, request, route);
      return reply(operation, await run({ ...opened, actor }, input, request));
    });
}

/** The same for an operation that answers without a session. */
export function handleOpen<Op extends Operation & { open: true }>(
  operation: Op,
  run: (opened: WebServices, input: InputOf<Op>, request: Request) => Promise<ReplyOf<Op> | Response>,
): RouteHandler {
  return (request, route) =>
    answering(async () => {
      const opened = await services();
      return reply(operation, await run(opened, await readInput(operation, request, route), request));
    });
}

async function answering(work: () => Promise<Response>): Promise<Response> {
  try {
    return await work();
  } catch (error) {
    return toResponse(error);
  }
}

async function requireActor({ database, settings }: WebServices, request: Request) {
  const session = await authenticate({ database }, request.headers);
  if (!session) throw new DomainError('unauthenticated', 'Sign in first: this session or token is not valid.');
  const safe = request.method === 'GET' || request.method === 'HEAD';
  if (session.method === 'cookie' && !safe && !isSameOrigin(request.headers, settings.CHOIR_PUBLIC_URL))
    throw new DomainError('forbidden', 'This request did not come from a page of Choir.');
  const sender = request.headers.get('choir-person');
  if (sender !== null && sender !== session.actor.userId)
    throw new DomainError('unauthenticated', 'Another person is signed in here now.', { reason: 'another-person' });
  return session.actor;
}

async function readInput<Op extends Operation>(operation: Op, request: Request, route: RouteParams): Promise<InputOf<Op>> {
  const params = await route.params;
  const query = readQuery(new URL(request.url).searchParams);
  requireStorable([params, query]);
  const type = request.headers.get('content-type')?.split(';')[0]?.trim().toLowerCase() ?? '';
  const readsItself = operation.otherBodies !== undefined && type in operation.otherBodies;
  return {
    ...(operation.body && !readsItself ? parse(operation.body, await readJson(request)) : {}),
    ...(operation.query ? parse(operation.query, query) : {}),
    ...(operation.params ? parse(operation.params, params) : {}),
  } as InputOf<Op>;
}

/** Each parameter once: of two, nobody could say which was meant. */
function readQuery(parameters: URLSearchParams): Record<string, string> {
  const query = Object.fromEntries(parameters);
  const repeated = Object.keys(query).find((name) => parameters.getAll(name).length > 1);
  if (repeated !== undefined) throw new DomainError('invalid', `${repeated.slice(0, 100)}: say it once.`);
  return query;
}

function parse(schema: z.ZodType, value: unknown): object {
  const parsed = schema.safeParse(value);
  if (parsed.success) return parsed.data as object;
  const problems = parsed.error.issues.map(({ path, message }) => ({ path: path.join('.'), message }));
  const detail = problems.map(({ path, message }) => (path ? `${path}: ${message}` : message)).join('; ');
  throw new DomainError('invalid', detail.slice(0, 1_000), { problems: problems.slice(0, 20) });
}

function reply(operation: Operation, result: unknown): Response {
  if (result instanceof Response) return result;
  const headers = { 'cache-control': 'no-store' };
  if (operation.status === 204) return new Response(null, { status: 204, headers });
  return Response.json(result, { status: operation.status, headers });
}
