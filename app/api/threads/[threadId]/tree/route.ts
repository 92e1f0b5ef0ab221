import { listTree } from '#lib/map/list-tree.ts';
import { listTreeOperation } from '../../../_contract/thread-files.ts';
import { handle } from '../../../_server/handle.ts';

export const GET = handle(listTreeOperation, listTree);
