import { listCredentials } from '#lib/auth/list-credentials.ts';
import { listCredentialsOperation } from '../_contract/auth.ts';
import { handle } from '../_server/handle.ts';

export const GET = handle(listCredentialsOperation, async (context) => ({ credentials: await listCredentials(context) }));
