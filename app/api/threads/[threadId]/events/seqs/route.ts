import { listEventSeqs } from '#lib/history/list-event-seqs.ts';
import { listEventSeqsOperation } from '../../../../_contract/thread-history.ts';
import { handle } from '../../../../_server/handle.ts';

export const GET = handle(listEventSeqsOperation, listEventSeqs);
