import { addRules } from '#lib/rules/add-rules.ts';
import { listRules } from '#lib/rules/list-rules.ts';
import { addRulesOperation, listRulesOperation } from '../_contract/rules.ts';
import { handle } from '../_server/handle.ts';

export const GET = handle(listRulesOperation, async (context, input) => ({ rules: await listRules(context, input) }));
export const POST = handle(addRulesOperation, addRules);
