import type { Bus } from './connect-bus.ts';

const subject = (credentialId: string) => `revoked.${credentialId}`;

/** Tells every process that a credential was revoked. Best effort: whoever holds a connection open also asks the database now and then. */
export function publishRevocation(bus: Bus, credentialId: string): void {
  if (!bus.connection.isClosed()) bus.connection.publish(subject(credentialId));
}

/** Calls `onRevoked` when the credential is revoked anywhere. Ask the database once after this returns: earlier revocations are not told. */
export function followRevocation(bus: Bus, credentialId: string, onRevoked: () => void): { close(): void } {
  const subscription = bus.connection.subscribe(subject(credentialId), { callback: onRevoked });
  return { close: () => subscription.unsubscribe() };
}
