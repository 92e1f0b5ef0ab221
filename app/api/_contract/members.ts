import { z } from 'zod';
import { RequestId } from '#lib/core/request-id.ts';
import { InviteMember } from '#lib/members/invite-member.ts';
import { operation } from './operation.ts';

const params = z.object({ userId: z.string().max(200) });
const link = z.object({ url: z.url(), expiresAt: z.iso.datetime() });

export const listMembersOperation = operation({
  method: 'GET',
  path: '/api/members',
  summary: 'Who may use this workspace',
  status: 200,
  reply: z.object({
    members: z.array(
      z.object({
        userId: z.string(),
        name: z.string(),
        role: z.enum(['owner', 'member']),
        devices: z.number().int(),
        lastSeenAt: z.iso.datetime().nullable(),
        you: z.boolean(),
      }),
    ),
  }),
});

export const inviteMemberOperation = operation({
  method: 'POST',
  path: '/api/members',
  summary: 'Make a member, and the one-time link for their first device (owner only)',
  body: InviteMember,
  status: 201,
  reply: link.extend({ userId: z.string() }),
});

export const linkMemberOperation = operation({
  method: 'POST',
  path: '/api/members/{userId}/links',
  summary: 'Make a one-time link for another device of a member (owner only)',
  params,
  query: z.object({ requestId: RequestId }),
  status: 201,
  reply: link,
});

export const removeMemberOperation = operation({
  method: 'DELETE',
  path: '/api/members/{userId}',
  summary: 'Take a member out (owner only)',
  description: 'Their devices, tokens and Telegram accounts end at once. What they did keeps their name.',
  params,
  status: 204,
});
