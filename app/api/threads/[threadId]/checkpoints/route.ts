import { listCheckpoints } from '#lib/checkpoints/list-checkpoints.ts';
import { nameCheckpoint } from '#lib/checkpoints/name-checkpoint.ts';
import { listCheckpointsOperation, nameCheckpointOperation } from '../../../_contract/thread-history.ts';
import { handle } from '../../../_server/handle.ts';

export const GET = handle(listCheckpointsOperation, listCheckpoints);
export const POST = handle(nameCheckpointOperation, nameCheckpoint);
