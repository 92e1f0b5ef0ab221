import { cancelRun } from '#lib/threads/cancel-run.ts';
import { cancelRunOperation } from '../../../_contract/threads.ts';
import { handle } from '../../../_server/handle.ts';

export const POST = handle(cancelRunOperation, cancelRun);
