import { readLineChanges } from '#lib/files/read-line-changes.ts';
import { readLinesOperation } from '../../../../_contract/thread-files.ts';
import { handle } from '../../../../_server/handle.ts';

export const GET = handle(readLinesOperation, async (context, input) => ({ lines: await readLineChanges(context, input) }));
