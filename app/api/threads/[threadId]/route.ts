import { deleteThread } from '#lib/threads/delete-thread.ts';
import { getThread } from '#lib/threads/get-thread.ts';
import { deleteThreadOperation, getThreadOperation } from '../../_contract/threads.ts';
import { handle } from '../../_server/handle.ts';

export const GET = handle(getThreadOperation, getThread);
export const DELETE = handle(deleteThreadOperation, (context, input) => deleteThread(context, input));
