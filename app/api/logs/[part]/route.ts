import { readLog } from '#lib/activity/read-log.ts';
import { readLogOperation } from '../../_contract/activity.ts';
import { handle } from '../../_server/handle.ts';

export const GET = handle(readLogOperation, async (context, input) => ({ lines: await readLog(context, input) }));
