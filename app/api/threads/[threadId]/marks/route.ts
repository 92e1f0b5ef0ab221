import { markThread } from '#lib/threads/mark-thread.ts';
import { markThreadOperation } from '../../../_contract/threads.ts';
import { handle } from '../../../_server/handle.ts';

export const PUT = handle(markThreadOperation, (context, input) => markThread(context, input));
