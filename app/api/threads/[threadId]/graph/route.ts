import { readThreadGraph } from '#lib/history/read-thread-graph.ts';
import { readGraphOperation } from '../../../_contract/thread-history.ts';
import { handle } from '../../../_server/handle.ts';

export const GET = handle(readGraphOperation, readThreadGraph);
