import { createThread } from '#lib/threads/create-thread.ts';
import { listThreads } from '#lib/threads/list-threads.ts';
import { findUploads } from '#lib/uploads/find-uploads.ts';
import { createThreadOperation, listThreadsOperation } from '../_contract/threads.ts';
import { handle } from '../_server/handle.ts';

export const GET = handle(listThreadsOperation, async (context, input) => ({ threads: await listThreads(context, input) }));
export const POST = handle(createThreadOperation, async (context, { attachments, ...input }) =>
  createThread(context, input, await findUploads(context, attachments)),
);
