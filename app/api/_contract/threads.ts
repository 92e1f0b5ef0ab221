import { z } from 'zod';
import type { ThreadState } from '#lib/core/state.ts';
import { CreateThread } from '#lib/threads/create-thread.ts';
import { MarkThread } from '#lib/threads/mark-thread.ts';
import { PostMessage } from '#lib/threads/post-message.ts';
import { UploadIds } from '#lib/uploads/find-uploads.ts';
import { operation } from './operation.ts';

export const ThreadParams = z.object({ threadId: z.string() });

export const ThreadRow = z.object({
  id: z.string(),
  title: z.string(),
  projectId: z.string(),
  projectName: z.string(),
  runStatus: z.string().nullable(),
  runExtent: z.enum(['whole', 'part', 'nothing']).nullable().describe('how much of its plan a completed run did'),
  agent: z.string().nullable(),
  openApprovals: z.number().int(),
  lastLine: z.string(),
  seq: z.number().int(),
  updatedAt: z.iso.datetime(),
  unread: z.boolean().describe('something happened since this person marked it read'),
});

export const createThreadOperation = operation({
  method: 'POST',
  path: '/api/threads',
  summary: 'Give a goal: opens a thread and queues its first run',
  body: CreateThread.extend({ attachments: UploadIds }),
  status: 201,
  reply: z.object({ threadId: z.string(), runId: z.string() }),
});

export const listThreadsOperation = operation({
  method: 'GET',
  path: '/api/threads',
  summary: 'Threads, those that wait for an answer first, then the newest',
  query: z.object({
    projectId: z.string().optional(),
    limit: z.coerce.number().int().min(1).max(1_000).optional(),
    archived: z.stringbool().optional().describe('only those that this person archived; without it, only the others'),
  }),
  status: 200,
  reply: z.object({ threads: z.array(ThreadRow) }),
});

export const getThreadOperation = operation({
  method: 'GET',
  path: '/api/threads/{threadId}',
  summary: 'The state of a thread: the fold of its events up to `seq`',
  params: ThreadParams,
  status: 200,
  reply: z.custom<ThreadState>().meta({ description: '`ThreadState` of lib/core/state.ts', type: 'object' }),
});

export const postMessageOperation = operation({
  method: 'POST',
  path: '/api/threads/{threadId}/messages',
  summary: 'Say something: guidance to the run that works, else the next goal',
  params: ThreadParams,
  body: PostMessage.omit({ threadId: true }).extend({ attachments: UploadIds }),
  status: 201,
  reply: z.object({ runId: z.string(), as: z.enum(['guidance', 'goal']) }),
});

export const markThreadOperation = operation({
  method: 'PUT',
  path: '/api/threads/{threadId}/marks',
  summary: 'Keep how far this person has read a thread, and archive it until something happens in it',
  params: ThreadParams,
  body: MarkThread.omit({ threadId: true }),
  status: 204,
});

export const cancelRunOperation = operation({
  method: 'POST',
  path: '/api/threads/{threadId}/cancel',
  summary: 'Stop the run and every process of it, then answer',
  params: ThreadParams,
  status: 204,
});

export const deleteThreadOperation = operation({
  method: 'DELETE',
  path: '/api/threads/{threadId}',
  summary: 'Delete a thread for good (owner only)',
  description: 'Stops its run, then removes its events, checkpoints and files. What its models cost stays on the bill.',
  params: ThreadParams,
  status: 204,
});
