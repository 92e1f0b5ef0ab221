import { type McpAccess, mcpAccess, recordSignInWanted } from '#lib/mcp/mcp-access.ts';
import type { McpServerRow } from '#lib/mcp/mcp-server.ts';
import { openHeaders } from '#lib/mcp/sealed-headers.ts';
import type { RunContext } from '#workers/run/run-context.ts';
import { hideSecrets } from './hide-secrets.ts';
import { ServerFailed } from './server-failed.ts';
import { type ServerPlace, type UseServer, withServer } from './with-server.ts';

const words = {
  needed: 'It wants you to sign in: open the project in Choir, and sign in to it there.',
  lapsed: 'The sign-in to it has lapsed: open the project in Choir, and sign in again.',
  unreachable: 'Its sign-in could not be renewed just now.',
  unreadable: 'Its headers cannot be read any more, for their key is gone: remove it, and add it again.',
} as const;

/**
 * A conversation with a server, in the name of the person who signed in to it where there is one. No secret that Choir sends is in what it gives back. Throws
 * as `withServer`.
 */
export async function withSignedServer<Result>(
  context: RunContext,
  kept: McpServerRow,
  place: ServerPlace,
  use: UseServer<Result>,
): Promise<{ result: Result; hide: (text: string) => string }> {
  const row = openHeaders(context.home, kept);
  if (!row) throw new ServerFailed('failed', words.unreadable);
  const talk = async (signed: McpServerRow) => {
    const hide = (text: string) => hideSecrets(signed, text);
    try {
      return { result: await withServer(context, signed, place, use), hide };
    } catch (error) {
      throw error instanceof ServerFailed ? new ServerFailed(error.how, hide(error.message), error.wantsSignIn) : error;
    }
  };
  const token = row.signIn === null ? null : given(await mcpAccess(context, row));
  try {
    return await talk(token ? withToken(row, token) : row);
  } catch (error) {
    if (!wantsSignIn(error) || hasOwnKey(row)) throw error;
    if (!token) throw await tellOwner(context, row, 'needed');
    return await talk(withToken(row, given(await mcpAccess(context, row, token)))).catch(async (second: unknown) => {
      throw wantsSignIn(second) ? await tellOwner(context, row, 'lapsed') : second;
    });
  }
}

function wantsSignIn(error: unknown): boolean {
  return error instanceof ServerFailed && error.wantsSignIn;
}

/** Then the header is wrong, and nothing is known of a sign-in. */
function hasOwnKey({ transport, signIn }: McpServerRow): boolean {
  return signIn === null && transport.kind === 'http' && Object.keys(transport.headers).some(isAuthorization);
}

function isAuthorization(header: string): boolean {
  return header.toLowerCase() === 'authorization';
}

async function tellOwner(context: RunContext, { id }: McpServerRow, state: 'needed' | 'lapsed'): Promise<ServerFailed> {
  await recordSignInWanted(context, id, state);
  return new ServerFailed('failed', words[state]);
}

function given(access: McpAccess): string {
  if (access.ok) return access.token;
  throw new ServerFailed('failed', words[access.reason]);
}

function withToken(row: McpServerRow, token: string): McpServerRow {
  const { transport } = row;
  if (transport.kind !== 'http') return row;
  const others = Object.entries(transport.headers).filter(([name]) => !isAuthorization(name));
  return { ...row, transport: { ...transport, headers: { ...Object.fromEntries(others), Authorization: `Bearer ${token}` } } };
}
