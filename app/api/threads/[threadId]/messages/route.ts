import { postMessage } from '#lib/threads/post-message.ts';
import { findUploads } from '#lib/uploads/find-uploads.ts';
import { postMessageOperation } from '../../../_contract/threads.ts';
import { handle } from '../../../_server/handle.ts';

export const POST = handle(postMessageOperation, async (context, { attachments, ...input }) =>
  postMessage(context, input, { attachments: await findUploads(context, attachments) }),
);
