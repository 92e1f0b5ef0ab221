import { revokeRule } from '#lib/rules/revoke-rule.ts';
import { revokeRuleOperation } from '../../_contract/rules.ts';
import { handle } from '../../_server/handle.ts';

export const DELETE = handle(revokeRuleOperation, revokeRule);
