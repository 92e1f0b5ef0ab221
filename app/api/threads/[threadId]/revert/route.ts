import { revertThread } from '#lib/threads/revert/revert-thread.ts';
import { revertOperation } from '../../../_contract/thread-history.ts';
import { handle } from '../../../_server/handle.ts';

export const POST = handle(revertOperation, revertThread);
