import { inviteMember } from '#lib/members/invite-member.ts';
import { listMembers } from '#lib/members/list-members.ts';
import { inviteMemberOperation, listMembersOperation } from '../_contract/members.ts';
import { handle } from '../_server/handle.ts';
import { linkAnswer } from '../_server/link-answer.ts';

export const GET = handle(listMembersOperation, async (context) => ({ members: await listMembers(context) }));
export const POST = handle(inviteMemberOperation, async (context, input, request) => {
  const { userId, ...link } = await inviteMember(context, input);
  return { userId, ...linkAnswer(context.settings, request, link) };
});
