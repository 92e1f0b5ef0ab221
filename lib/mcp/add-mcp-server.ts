import { lookup } from 'node:dns/promises';
import { isIP } from 'node:net';
import { count, eq } from 'drizzle-orm';
import { z } from 'zod';
import type { Context } from '#lib/context.ts';
import { DomainError } from '#lib/core/domain-error.ts';
import { newId } from '#lib/core/new-id.ts';
import { type McpTransport, mcpServers } from '#lib/db/schema.ts';
import type { ChoirHome } from '#lib/home.ts';
import { isPublicAddress } from '#lib/net/public-address.ts';
import { getProject } from '#lib/projects/get-project.ts';
import { type ListedMcpServer, listedMcpServer, McpServerName, McpServerSource } from './mcp-server.ts';
import { knock } from './oauth/knock.ts';
import { outsideFetch } from './oauth/outside-fetch.ts';
import { requireServerOwner } from './require-server-owner.ts';
import { sealHeaders } from './sealed-headers.ts';

const serversLimit = 20;

export const AddMcpServer = z.object({ projectId: z.string(), name: McpServerName, from: McpServerSource });

/**
 * Gives a project's agents a server, from their next run on. Throws `forbidden` for anybody but the owner, `conflict` when the name is taken,
 * `invalid`, and `not-found` for the project.
 */
export async function addMcpServer(context: Context, input: z.input<typeof AddMcpServer>): Promise<ListedMcpServer> {
  const owner = requireServerOwner(context.actor);
  const { projectId, name, from } = AddMcpServer.parse(input);
  const project = await getProject(context, { projectId });
  const { db } = context.database;
  const [there] = await db.select({ number: count() }).from(mcpServers).where(eq(mcpServers.projectId, project.id));
  if ((there?.number ?? 0) >= serversLimit) throw new DomainError('invalid', `A project has at most ${serversLimit} MCP servers.`);
  const transport = await transportOf(from);
  const signIn = (await wantsSignIn(transport)) ? ('needed' as const) : null;
  const id = newId('mc');
  const [row] = await db
    .insert(mcpServers)
    .values({ id, projectId: project.id, name, transport: forKeeping(context.home, id, transport), signIn, createdBy: owner.userId })
    .onConflictDoNothing()
    .returning();
  if (!row) throw new DomainError('conflict', `There is an MCP server “${name}” in this project already.`);
  return listedMcpServer(row);
}

async function transportOf(from: z.infer<typeof McpServerSource>): Promise<McpTransport> {
  if (from.kind !== 'http') return from;
  const url = new URL(from.url);
  if (url.username || url.password) throw new DomainError('invalid', 'Put the credentials into a header, not into the address.');
  return { ...from, privateAddress: await isPrivate(url.hostname.replaceAll(/^\[|\]$/g, '')) };
}

function forKeeping(home: ChoirHome, id: string, transport: McpTransport): McpTransport {
  return transport.kind === 'http' ? { ...transport, headers: sealHeaders(home, id, transport.headers) } : transport;
}

/** A name that leads nowhere yet counts as public: should it lead into a private network later, it is refused. */
async function isPrivate(host: string): Promise<boolean> {
  const found = isIP(host) ? [{ address: host }] : await lookup(host, { all: true }).catch(() => []);
  return found.some(({ address }) => !isPublicAddress(address));
}

/** One that cannot be asked is found out by the first run. */
async function wantsSignIn(transport: McpTransport): Promise<boolean> {
  if (transport.kind !== 'http') return false;
  const fetchFn = outsideFetch({ privateAddress: transport.privateAddress === true });
  const answer = await knock(transport.url, fetchFn, transport.headers).catch(() => null);
  return answer?.status === 401;
}
