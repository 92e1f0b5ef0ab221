import { readSymbols } from '#lib/map/read-symbols.ts';
import { readSymbolsOperation } from '../../../_contract/thread-files.ts';
import { handle } from '../../../_server/handle.ts';

export const GET = handle(readSymbolsOperation, readSymbols);
