import { z } from 'zod';
import { Problem } from '../_server/to-response.ts';
import type { Operation } from './operation.ts';
import { operations } from './operations.ts';

type JsonSchema = Record<string, unknown>;

/** The OpenAPI 3.1 document of the API, made from the schemas that its routes parse with. */
export function openApiDocument() {
  const paths: Record<string, Record<string, unknown>> = {};
  for (const operation of operations) {
    paths[operation.path] = { ...paths[operation.path], [operation.method.toLowerCase()]: describe(operation) };
  }
  return {
    openapi: '3.1.0',
    info: { title: 'Choir', version: '1', description: 'Hand goals to coding agents, answer what they ask, take any of it back.' },
    security: [{ token: [] }, { session: [] }],
    paths,
    components: {
      securitySchemes: {
        token: { type: 'http', scheme: 'bearer' },
        session: { type: 'apiKey', in: 'cookie', name: 'choir_session' },
      },
      schemas: { Problem: toJsonSchema(Problem, 'output') },
    },
  };
}

function describe(operation: Operation) {
  const { summary, description, open, status } = operation;
  return {
    summary,
    ...(description ? { description } : {}),
    ...(open ? { security: [] } : {}),
    parameters: [...parameters(operation.params, 'path'), ...parameters(operation.query, 'query')],
    ...(operation.body || operation.otherBodies
      ? { requestBody: { required: true, content: contents(operation.body, operation.otherBodies, 'input') } }
      : {}),
    responses: {
      [status]: { description: summary, ...reply(operation) },
      default: {
        description: 'Problem details (RFC 9457)',
        content: { 'application/problem+json': { schema: { $ref: '#/components/schemas/Problem' } } },
      },
    },
  };
}

function parameters(schema: z.ZodObject | undefined, place: 'path' | 'query') {
  if (!schema) return [];
  const { properties = {}, required = [] } = toJsonSchema(schema, 'input') as {
    properties?: Record<string, JsonSchema>;
    required?: string[];
  };
  return Object.entries(properties).map(([name, { description, ...rest }]) => ({
    name,
    in: place,
    required: place === 'path' || required.includes(name),
    ...(description ? { description } : {}),
    schema: rest,
  }));
}

function reply({ reply, otherReplies }: Operation) {
  const content = { ...(reply ? contents(reply, {}, 'output') : {}), ...describeMedia(otherReplies ?? {}) };
  return Object.keys(content).length > 0 ? { content } : {};
}

function contents(json: z.ZodType | undefined, others: Record<string, z.ZodType> = {}, io: 'input' | 'output') {
  const all = { ...(json ? { 'application/json': json } : {}), ...others };
  return Object.fromEntries(Object.entries(all).map(([type, schema]) => [type, { schema: toJsonSchema(schema, io) }]));
}

function describeMedia(media: Record<string, string>) {
  return Object.fromEntries(Object.entries(media).map(([type, description]) => [type, { schema: { type: 'string', description } }]));
}

function toJsonSchema(schema: z.ZodType, io: 'input' | 'output'): JsonSchema {
  const { $schema: _, ...rest } = z.toJSONSchema(schema, { io, unrepresentable: 'any' });
  return rest;
}
