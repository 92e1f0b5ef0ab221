import { z } from 'zod';
import { ChangeSummary, FileChange, FileDiff } from '#lib/core/change.ts';
import { checkpointKinds } from '#lib/core/event.ts';
import type { FileSymbol } from '#lib/core/project-map.ts';
import { SaveFile } from '#lib/files/save-file.ts';
import { RevertPart } from '#lib/review/revert-part.ts';
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
    oldPath: Path.optional().describe('what `path` was called before, where it was renamed'),
  }),
  status: 200,
  reply: z.object({ files: z.array(FileDiff) }),
  otherReplies: { 'text/plain': 'a unified diff; the default' },
});

export const revertPartOperation = operation({
  method: 'POST',
  path: '/api/threads/{threadId}/diff/revert',
  summary: 'Take back what changed in one file, or one hunk of it',
  description:
    'All else stays. The result is a checkpoint of the person; reverting to `currentCheckpointId` undoes it. With `dryRun` only says what would change. A conflict when those lines have changed since.',
  params: ThreadParams,
  body: RevertPart.omit({ threadId: true }),
  status: 200,
  reply: z.object({
    reverted: z.boolean(),
    currentCheckpointId: z.string(),
    checkpointId: z.string().nullable(),
    changes: ChangeSummary,
    files: z.array(FileDiff),
  }),
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

export const listTreeOperation = operation({
  method: 'GET',
  path: '/api/threads/{threadId}/tree',
  summary: 'Every file at a point of the thread, and what changed since another one',
  params: ThreadParams,
  query: z.object({
    at: Point.describe(`${pointDescription}; \`current\` without it`),
    since: Point.describe(`${pointDescription}, or \`before\` for the checkpoint before \`at\`; \`start\` without it`),
  }),
  status: 200,
  reply: z.object({
    files: z.array(z.string()).describe('up to 50,000, sorted'),
    total: z.number().int(),
    changed: z.array(FileChange),
  }),
});

const FileSymbols = z.array(z.custom<FileSymbol>()).meta({ description: '`FileSymbol` of lib/core/project-map.ts' });

export const readSymbolsOperation = operation({
  method: 'GET',
  path: '/api/threads/{threadId}/symbols',
  summary: 'What a file declares at a point of the thread',
  params: ThreadParams,
  query: z.object({ path: Path.refine((path) => path !== '', 'Name a file.'), at: Point.describe(pointDescription) }),
  status: 200,
  reply: z.object({ known: z.boolean().describe('whether Choir reads the language of this file'), symbols: FileSymbols }),
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

export const saveFileOperation = operation({
  method: 'PUT',
  path: '/api/threads/{threadId}/files',
  summary: 'Write one file, as a checkpoint of the person',
  description:
    'A conflict (`reason: file-moved`) when the file is not as it was at `baseCheckpointId` any more, and while an agent is at work.',
  params: ThreadParams,
  body: SaveFile.omit({ threadId: true }),
  status: 200,
  reply: z.object({
    checkpointId: z.string(),
    number: z.number().int(),
    seq: z.number().int().describe('how far the thread was when the file stood so'),
    changed: z.boolean(),
  }),
});

export const listPathsOperation = operation({
  method: 'GET',
  path: '/api/threads/{threadId}/files/paths',
  summary: 'Paths of all files at a point of the thread',
  params: ThreadParams,
  query: z.object({ at: Point.describe(pointDescription) }),
  status: 200,
  reply: z.object({ paths: z.array(z.string()).max(50_000), total: z.number().int() }),
});

export const readLinesOperation = operation({
  method: 'GET',
  path: '/api/threads/{threadId}/files/lines',
  summary: 'Which checkpoint made the lines of a file what they are',
  description: 'Only lines that came into the file in this thread.',
  params: ThreadParams,
  query: z.object({ path: Path.refine((path) => path !== '', 'Name a file.'), at: Point.describe(pointDescription) }),
  status: 200,
  reply: z.object({
    lines: z.array(
      z.object({
        from: z.number().int(),
        to: z.number().int(),
        checkpointId: z.string(),
        number: z.number().int(),
        label: z.string(),
        kind: z.enum(checkpointKinds),
      }),
    ),
  }),
});
