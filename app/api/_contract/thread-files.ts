import { z } from 'zod';
import { FileDiff } from '#lib/core/change.ts';
import { operation } from './operation.ts';
import { ThreadParams } from './threads.ts';

const Point = z.string().min(1).max(200).optional();
const pointDescription = 'a checkpoint id, number or name, `current`, `start`, or an approval id for the bytes that its card shows';
const Path = z
  .string()
  .max(4_096)
  .refine((path) => !path.startsWith('/') && !path.split('/').includes('..'), 'A path is relative to the tree and never leads out of it.');

export const diffOperation = operation({
  method: 'GET',
  path: '/api/threads/{threadId}/diff',
  summary: 'What changed between two points of a thread',
  params: ThreadParams,
  query: z.object({
    from: Point.describe(`${pointDescription}; without it the checkpoint before \`to\``),
    to: Point.describe(`${pointDescription}; \`current\` without it`),
    path: Path.optional(),
  }),
  status: 200,
  reply: z.object({ files: z.array(FileDiff) }),
  otherReplies: { 'text/plain': 'a unified diff; the default' },
});

export const listFilesOperation = operation({
  method: 'GET',
  path: '/api/threads/{threadId}/files',
  summary: 'One folder of the tree at a point of the thread',
  params: ThreadParams,
  query: z.object({ path: Path.optional(), at: Point.describe(pointDescription) }),
  status: 200,
  reply: z.object({
    entries: z.array(
      z.object({
        name: z.string(),
        kind: z.enum(['file', 'symlink', 'folder', 'submodule']),
        bytes: z.number().int(),
        executable: z.boolean(),
      }),
    ),
  }),
});

export const readRawOperation = operation({
  method: 'GET',
  path: '/api/threads/{threadId}/raw',
  summary: 'The bytes of one file at a point of the thread',
  description: 'Sandboxed, never sniffed, and an attachment unless it is text or a safe medium. Takes one `Range`.',
  params: ThreadParams,
  query: z.object({
    path: Path.refine((path) => path !== '', 'Name a file.'),
    at: Point.describe(pointDescription),
    download: z.literal('1').optional(),
  }),
  status: 200,
  otherReplies: { 'application/octet-stream': 'the bytes' },
});
