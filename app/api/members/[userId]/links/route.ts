import { linkMember } from '#lib/members/invite-member.ts';
import { linkMemberOperation } from '../../../_contract/members.ts';
import { handle } from '../../../_server/handle.ts';
import { linkAnswer } from '../../../_server/link-answer.ts';

export const POST = handle(linkMemberOperation, async (context, input, request) =>
  linkAnswer(context.settings, request, await linkMember(context, input)),
);
