import { revertPart } from '#lib/review/revert-part.ts';
import { revertPartOperation } from '../../../../_contract/thread-files.ts';
import { handle } from '../../../../_server/handle.ts';

export const POST = handle(revertPartOperation, revertPart);
