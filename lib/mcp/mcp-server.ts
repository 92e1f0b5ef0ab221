import { z } from 'zod';
import { type McpTransport, type mcpServers, mcpSignInStates } from '#lib/db/schema.ts';
import { readyServers } from './ready-servers.ts';

export type McpServerRow = typeof mcpServers.$inferSelect;

const Text = z.string().refine((text) => !text.includes('\0') && text.isWellFormed(), 'This is not plain text.');
const HeaderValue = Text.max(4_000).regex(/^[\t\x20-\x7e]*$/, 'A header holds plain letters only.');
const host = /^(?:\*\.)?[a-z0-9](?:[a-z0-9.-]{0,250}[a-z0-9])?$/i;

/** In the names of its tools for models, so it is short and plain. */
export const McpServerName = z
  .string()
  .regex(/^[a-z0-9](?:-?[a-z0-9]){0,29}$/, 'Name it in small letters, digits and single hyphens, at most 30.');

/** How a person describes a server to Choir. */
export const McpServerSource = z.discriminatedUnion('kind', [
  z.strictObject({
    kind: z.literal('stdio'),
    command: Text.min(1).max(1_000).describe('a program of the sandbox or of the project, run in the working tree'),
    args: z.array(Text.max(4_000)).max(100).default([]),
    env: z
      .record(z.string().regex(/^[A-Za-z_]\w{0,99}$/), Text.max(4_000))
      .default({})
      .describe('seen by the server and by all that runs beside it in its sandbox: no place for a secret'),
    hosts: z
      .array(z.string().regex(host, 'Name a host, as api.example.com or *.example.com.'))
      .max(20)
      .default([])
      .describe('that it may reach'),
  }),
  z.strictObject({ kind: z.literal('ready'), entry: z.enum(readyServers.map(({ id }) => id)) }),
  z.strictObject({
    kind: z.literal('http'),
    url: z.url({ protocol: /^https?$/, error: 'This is no http address.' }).max(2_000),
    headers: z
      .record(z.string().regex(/^[\w-]{1,100}$/), HeaderValue)
      .default({})
      .describe('sent with every request, and never shown again'),
  }),
]);
export type McpServerSource = z.input<typeof McpServerSource>;

/** A server as its people see it: nothing of it is secret. */
export const ListedMcpServer = z.object({
  name: z.string(),
  kind: z.enum(['stdio', 'ready', 'http']),
  about: z.string().describe('the command, or the address without what may be secret in it'),
  secrets: z.array(z.string()).describe('names of the headers and variables that are set; their values are never shown'),
  reach: z.array(z.string()).describe('hosts that it can reach; none: it works without network'),
  tools: z.array(z.string()).nullable().describe('null: no run has asked it yet'),
  signIn: z.enum(mcpSignInStates).nullable().describe('whether the owner must sign in to it, and has; null: it wants none'),
  problem: z.string().nullable().describe('why it could not be used when a run last asked it'),
  checkedAt: z.iso.datetime().nullable(),
});
export type ListedMcpServer = z.infer<typeof ListedMcpServer>;

/** A server as its people see it: no value of a header or a variable. */
export function listedMcpServer({ name, transport, tools, problem, checkedAt, signIn }: McpServerRow): ListedMcpServer {
  const checked = { signIn, tools, problem, checkedAt: checkedAt?.toISOString() ?? null };
  return { name, kind: transport.kind, ...described(transport), ...checked };
}

function described(transport: McpTransport): Pick<ListedMcpServer, 'about' | 'secrets' | 'reach'> {
  switch (transport.kind) {
    case 'stdio':
      return {
        about: [transport.command, ...transport.args].join(' '),
        secrets: Object.keys(transport.env),
        reach: reachOf(transport),
      };
    case 'ready':
      return { about: readyServers.find(({ id }) => id === transport.entry)?.about ?? '', secrets: [], reach: reachOf(transport) };
    case 'http': {
      const { origin, pathname, search } = new URL(transport.url);
      return { about: `${origin}${pathname}${search ? '?…' : ''}`, secrets: Object.keys(transport.headers), reach: reachOf(transport) };
    }
  }
}

/** Hosts outside that calls of this server can come to. */
export function reachOf(transport: McpTransport): string[] {
  if (transport.kind === 'stdio') return transport.hosts ?? [];
  return transport.kind === 'http' ? [new URL(transport.url).hostname] : [];
}

/** Where a call of this server can come to, for the policy. */
export function mcpReachOf({ transport }: McpServerRow): 'tree' | 'outside' {
  return reachOf(transport).length > 0 ? 'outside' : 'tree';
}
