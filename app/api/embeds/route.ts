import { readCard } from '#lib/embeds/read-card.ts';
import { readCardOperation } from '../_contract/embeds.ts';
import { handle } from '../_server/handle.ts';

export const POST = handle(readCardOperation, (context, input) => readCard(context, input));
