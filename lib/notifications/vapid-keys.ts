import { createECDH } from 'node:crypto';
import { installationSecret } from '#lib/auth/installation-secret.ts';
import type { ChoirHome } from '#lib/home.ts';

/** The key pair by which push services know this installation (RFC 8292), base64url: the scalar, and the uncompressed point that browsers take. */
export function vapidKeys(home: ChoirHome): { publicKey: string; privateKey: string } {
  const secret = installationSecret(home, 'push-key', 'every device has to turn its notifications on again');
  const curve = createECDH('prime256v1');
  curve.setPrivateKey(secret);
  return { publicKey: curve.getPublicKey('base64url', 'uncompressed'), privateKey: secret.toString('base64url') };
}
