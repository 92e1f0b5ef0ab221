import { openApiDocument } from '#app/api/_contract/openapi.ts';
import { callRoute } from '#tests/call-route.ts';
import { loadRoutes } from './load-routes.ts';
import type { JsonSchema } from './sample-of.ts';

type Parameter = { name: string; in: 'path' | 'query'; schema: JsonSchema };
type Described = {
  security?: unknown[];
  parameters: Parameter[];
  requestBody?: { content: Record<string, { schema: JsonSchema }> };
  responses: Record<string, { content?: Record<string, unknown> }>;
};

export type Sent = {
  params?: Record<string, string>;
  query?: string;
  headers?: Record<string, string>;
  /** Of `type`, JSON without one. */
  body?: string;
  type?: string;
};
export type Answer = { status: number; type: string; body: string };

export type ApiOperation = {
  /** Such as `GET /api/threads/{threadId}`. */
  name: string;
  isSafe: boolean;
  isOpen: boolean;
  params: Parameter[];
  query: Parameter[];
  json: JsonSchema | null;
  otherTypes: string[];
  replyTypes: string[];
  send(sent: Sent): Promise<Answer>;
};

/** Every operation that the OpenAPI document names, with what it says of each, over the route that answers. */
export async function apiOperations(): Promise<ApiOperation[]> {
  const routes = await loadRoutes();
  // As it goes over the wire.
  const { paths } = JSON.parse(JSON.stringify(openApiDocument())) as { paths: Record<string, Record<string, Described>> };
  return Object.entries(paths).flatMap(([path, item]) =>
    Object.entries(item).map(([verb, { security, parameters, requestBody, responses }]) => {
      const method = verb.toUpperCase();
      const name = `${method} ${path}`;
      const route = routes.get(name);
      if (!route) throw new Error(`No route answers ${name}.`);
      const content = requestBody?.content ?? {};
      return {
        name,
        isSafe: method === 'GET',
        isOpen: security?.length === 0,
        params: parameters.filter((parameter) => parameter.in === 'path'),
        query: parameters.filter((parameter) => parameter.in === 'query'),
        json: content['application/json']?.schema ?? null,
        otherTypes: Object.keys(content).filter((type) => type !== 'application/json'),
        replyTypes: Object.values(responses).flatMap((response) => Object.keys(response.content ?? {})),
        async send({ params = {}, query = '', headers = {}, body, type = 'application/json' }) {
          const typed: Record<string, string> = body === undefined ? {} : { 'content-type': type };
          const response = await callRoute(route, { method, params, path: `/api${query}`, headers: { ...typed, ...headers }, body });
          return { status: response.status, type: response.headers.get('content-type') ?? '', body: await response.text() };
        },
      };
    }),
  );
}
