import { revokeCredential } from '#lib/auth/revoke-credential.ts';
import { revokeCredentialOperation } from '../../_contract/auth.ts';
import { handle } from '../../_server/handle.ts';

export const DELETE = handle(revokeCredentialOperation, revokeCredential);
