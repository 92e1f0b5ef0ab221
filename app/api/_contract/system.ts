import { z } from 'zod';
import { operation } from './operation.ts';

const Part = z.enum(['up', 'down']);

export const Health = z.object({
  status: z.enum(['ok', 'degraded']),
  database: Part,
  nats: Part,
  worker: z.enum(['present', 'absent']).describe('absent: goals are kept and wait until a worker comes'),
});

export const getHealth = operation({
  method: 'GET',
  path: '/api/health',
  summary: 'Whether this installation can work',
  description: 'Status 503 when the database or NATS is down; the body has the same shape.',
  open: true,
  status: 200,
  reply: Health,
});

export const getOpenApi = operation({
  method: 'GET',
  path: '/api/openapi.json',
  summary: 'This document',
  open: true,
  status: 200,
  reply: z.looseObject({ openapi: z.string() }),
});

export const getLive = operation({
  method: 'GET',
  path: '/api/live',
  summary: 'How this device may follow its workspace live',
  description:
    'With `nats`: connect to `/nats` with the bearer JWT, subscribe to `live.<workspaceId>.<threadId>` and `typing.<workspaceId>.<threadId>`, and fetch a new one before `expiresAt`. A message without a body says only that something is another one: a thread that was deleted, or, below `live.<workspaceId>.list`, the list of threads of the person whose id it names. With `sse`: follow each thread over its events.',
  status: 200,
  reply: z.discriminatedUnion('kind', [
    z.object({
      kind: z.literal('nats'),
      workspaceId: z.string(),
      jwt: z.string(),
      expiresAt: z.iso.datetime(),
      goodForSeconds: z.number(),
    }),
    z.object({ kind: z.literal('sse') }),
  ]),
});
