import { removeMember } from '#lib/members/remove-member.ts';
import { removeMemberOperation } from '../../_contract/members.ts';
import { handle } from '../../_server/handle.ts';

export const DELETE = handle(removeMemberOperation, (context, input) => removeMember(context, input));
