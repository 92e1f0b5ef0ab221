import { getThread } from '#lib/threads/get-thread.ts';
import { getThreadOperation } from '../../_contract/threads.ts';
import { handle } from '../../_server/handle.ts';

export const GET = handle(getThreadOperation, getThread);
