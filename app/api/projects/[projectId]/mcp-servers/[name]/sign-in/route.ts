import { endMcpSignIn } from '#lib/mcp/end-mcp-sign-in.ts';
import { startMcpSignIn } from '#lib/mcp/start-mcp-sign-in.ts';
import { endMcpSignInOperation, finishMcpSignInOperation, startMcpSignInOperation } from '../../../../../_contract/mcp.ts';
import { handle } from '../../../../../_server/handle.ts';

export const POST = handle(startMcpSignInOperation, ({ settings, ...context }, input, { headers }) => {
  const origin = settings.CHOIR_PUBLIC_URL ?? headers.get('origin') ?? `http://${headers.get('host')}`;
  return startMcpSignIn(context, { ...input, callbackUrl: new URL(finishMcpSignInOperation.path, origin).href });
});
export const DELETE = handle(endMcpSignInOperation, endMcpSignIn);
