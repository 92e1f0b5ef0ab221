import { expect, test } from 'vitest';
import { authenticate } from '#lib/auth/authenticate.ts';
import { createToken } from '#lib/auth/create-token.ts';
import { redeemSignInLink } from '#lib/auth/redeem-sign-in-link.ts';
import type { Context } from '#lib/context.ts';
import { createLinkCode } from '#lib/telegram/create-link-code.ts';
import { redeemLinkCode } from '#lib/telegram/redeem-link-code.ts';
import { signedIn, testWebServices } from '#tests/web-services.ts';
import { inviteMember, linkMember } from './invite-member.ts';
import { listMembers } from './list-members.ts';
import { nameMembers } from './name-members.ts';
import { removeMember } from './remove-member.ts';

const services = await testWebServices();
const { actor } = await signedIn(services);
const owner: Context = { ...services, actor };

async function join(name: string) {
  const { userId, code } = await inviteMember(owner, { name });
  const { secret } = await redeemSignInLink(services, { code, deviceName: 'Phone' });
  const headers = new Headers({ cookie: `choir_session=${secret}` });
  const session = await authenticate(services, headers);
  if (!session) throw new Error('The link did not sign in.');
  return { userId, headers, context: { ...services, actor: session.actor } as Context };
}

test('a member comes in by their link, is listed, and may not do what is the owner’s', async () => {
  const anna = await join('Anna');
  expect(anna.context.actor).toMatchObject({ role: 'member', workspaceId: actor.workspaceId });
  expect(await listMembers(anna.context)).toEqual([
    expect.objectContaining({ name: 'Owner', role: 'owner', you: false }),
    expect.objectContaining({ name: 'Anna', role: 'member', devices: 1, you: true }),
  ]);
  await expect(inviteMember(anna.context, { name: 'Eve' })).rejects.toMatchObject({ code: 'forbidden' });
  await expect(linkMember(anna.context, { userId: actor.userId })).rejects.toMatchObject({ code: 'forbidden' });
  await expect(removeMember(anna.context, { userId: actor.userId })).rejects.toMatchObject({ code: 'forbidden' });
});

test('one who is taken out is out at once, with every device, token and link', async () => {
  const ben = await join('Ben');
  const { token } = await createToken(ben.context as Context, { name: 'script' });
  const { code } = await linkMember(owner, { userId: ben.userId });
  const forTelegram = await createLinkCode(ben.context);
  await removeMember(owner, { userId: ben.userId });
  expect(await authenticate(services, ben.headers)).toBeNull();
  expect(await authenticate(services, new Headers({ authorization: `Bearer ${token}` }))).toBeNull();
  await expect(redeemSignInLink(services, { code, deviceName: 'Again' })).rejects.toThrow();
  await expect(redeemLinkCode(services, { code: forTelegram.code, telegramId: 4711, name: 'Ben' })).rejects.toMatchObject({
    code: 'unauthenticated',
  });
  const late = await createToken(ben.context as Context, { name: 'made a moment too late' });
  expect(await authenticate(services, new Headers({ authorization: `Bearer ${late.token}` }))).toBeNull();
  expect((await listMembers(owner)).map(({ name }) => name)).not.toContain('Ben');
  expect(await nameMembers(owner)).toMatchObject({ [actor.userId]: 'Owner', [ben.userId]: 'Ben' });
  await expect(linkMember(owner, { userId: ben.userId })).rejects.toMatchObject({ code: 'not-found' });
});

test('who heard no answer to an invitation asks again, and is told of the same member and link', async () => {
  const asked = { name: 'Fay', requestId: 'rq_same_request' };
  const [first, ...others] = await Promise.all([inviteMember(owner, asked), inviteMember(owner, asked)]);
  for (const other of [...others, await inviteMember(owner, asked)]) expect(other).toEqual(first);
  await expect(inviteMember(owner, { ...asked, name: 'Gus' })).rejects.toMatchObject({ code: 'conflict' });
  await removeMember(owner, { userId: first.userId });
  await expect(inviteMember(owner, asked)).rejects.toMatchObject({ code: 'not-found' });
});

test('a name is one member’s, however often it is sent, until they are gone', async () => {
  const both = await Promise.allSettled([inviteMember(owner, { name: 'Dora' }), inviteMember(owner, { name: 'dora' })]);
  const [dora] = both.flatMap((result) => (result.status === 'fulfilled' ? [result.value] : []));
  expect(both.find(({ status }) => status === 'rejected')).toMatchObject({ reason: { code: 'conflict' } });
  await removeMember(owner, { userId: dora?.userId ?? '' });
  expect(await inviteMember(owner, { name: 'Dora' })).toMatchObject({ userId: expect.any(String) });
});

test('rejects to take out the owner, a stranger, and one of another workspace', async () => {
  for (const userId of [actor.userId, 'us_none'])
    await expect(removeMember(owner, { userId })).rejects.toMatchObject({ code: 'not-found' });
  const elsewhere: Context = { ...owner, actor: { ...actor, workspaceId: 'ws_other' } };
  const cara = await join('Cara');
  await expect(removeMember(elsewhere, { userId: cara.userId })).rejects.toMatchObject({ code: 'not-found' });
});
