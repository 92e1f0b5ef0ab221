import { attemptLimit } from '#lib/auth/attempt-limit.ts';
import { isSameOrigin } from '#lib/auth/is-same-origin.ts';
import { redeemSignInLink } from '#lib/auth/redeem-sign-in-link.ts';
import { sessionCookie } from '#lib/auth/session-cookie.ts';
import { DomainError } from '#lib/core/domain-error.ts';
import { redeemSignIn } from '../_contract/auth.ts';
import { describeDevice } from '../_server/describe-device.ts';
import { handleOpen } from '../_server/handle.ts';

const attempts = attemptLimit({ attempts: 20, windowMs: 60_000 });

export const POST = handleOpen(redeemSignIn, async ({ database, home, settings }, { code, deviceName, requestId }, request) => {
  const { headers } = request;
  const origin = headers.get('origin');
  if ((origin ?? headers.get('sec-fetch-site')) !== null && !isSameOrigin(headers, settings.CHOIR_PUBLIC_URL))
    throw new DomainError('forbidden', 'This request did not come from a page of Choir.');
  const address = headers.get('choir-client-address') ?? '';
  attempts.check(address);
  const name = deviceName ?? describeDevice(headers.get('user-agent'));
  const { secret, credentialId, userId, expiresAt } = await redeemSignInLink(
    { database, home },
    { code, deviceName: name, requestId },
  ).catch((error: unknown) => {
    attempts.fail(address);
    throw error;
  });
  const secure = origin?.startsWith('https:') ?? false;
  return Response.json(
    { credentialId, userId, expiresAt: expiresAt.toISOString() },
    { headers: { 'set-cookie': sessionCookie(secret, expiresAt, secure), 'cache-control': 'no-store' } },
  );
});
