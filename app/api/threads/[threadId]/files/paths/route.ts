import { listPaths } from '#lib/files/list-paths.ts';
import { listPathsOperation } from '../../../../_contract/thread-files.ts';
import { handle } from '../../../../_server/handle.ts';

export const GET = handle(listPathsOperation, listPaths);
