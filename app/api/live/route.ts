import { requirePerson } from '#lib/auth/require-person.ts';
import { createDeviceCredential } from '#lib/bus/device-credentials.ts';
import { getLive } from '../_contract/system.ts';
import { handle } from '../_server/handle.ts';

export const GET = handle(getLive, async ({ actor, settings }) => {
  const { workspaceId } = requirePerson(actor);
  const { NATS_ACCOUNT_SEED: accountSeed, NATS_WEBSOCKET_URL: listener } = settings;
  if (!accountSeed || !listener) return { kind: 'sse' as const };
  return { kind: 'nats' as const, workspaceId, ...(await createDeviceCredential({ accountSeed, workspaceId })) };
});
