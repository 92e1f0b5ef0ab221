import type { Context } from '#lib/context.ts';
import { addMcpServer } from '#lib/mcp/add-mcp-server.ts';
import { finishMcpSignIn } from '#lib/mcp/finish-mcp-sign-in.ts';
import { startMcpSignIn } from '#lib/mcp/start-mcp-sign-in.ts';
import type { oauthMcpServer } from './oauth-server.ts';

type At = { projectId: string; name: string };

/** Gives a project a server outside, to which its owner has signed in. */
export async function addSignedInServer(context: Context, at: At, server: Awaited<ReturnType<typeof oauthMcpServer>>): Promise<void> {
  await addMcpServer(context, { ...at, from: { kind: 'http', url: server.url } });
  const { url } = await startMcpSignIn(context, { ...at, callbackUrl: 'http://choir.test/api/mcp-sign-in' });
  await finishMcpSignIn(context, Object.fromEntries(server.consent(url).searchParams) as { state: string });
}
