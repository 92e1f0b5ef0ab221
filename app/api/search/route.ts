import { search } from '#lib/search/search.ts';
import { searchOperation } from '../_contract/search.ts';
import { handle } from '../_server/handle.ts';

export const GET = handle(searchOperation, (context, input) => search(context, input));
