import { createToken } from '#lib/auth/create-token.ts';
import { createTokenOperation } from '../_contract/auth.ts';
import { handle } from '../_server/handle.ts';

export const POST = handle(createTokenOperation, createToken);
