import { z } from 'zod';
import type { ChoirHome } from '#lib/home.ts';
import type { McpServerRow } from './mcp-server.ts';
import { seal, unseal } from './sealed.ts';

type Headers = Record<string, string>;

const mark = 'sealed:';
const placeOf = (serverId: string, name: string) => `header ${name} of ${serverId}`;

/** The headers of a server as the database holds them: their names as they are, what they say encrypted. */
export function sealHeaders(home: ChoirHome, serverId: string, headers: Headers): Headers {
  const sealed = Object.entries(headers).map(([name, value]) => [
    name,
    mark + seal(home, placeOf(serverId, name), value).toString('base64'),
  ]);
  return Object.fromEntries(sealed);
}

/** For workers: a server with its headers as they are sent. Null when they were sealed by another installation, or their secret is gone. */
export function openHeaders(home: ChoirHome, row: McpServerRow): McpServerRow | null {
  const { id, transport } = row;
  if (transport.kind !== 'http') return row;
  const headers = Object.entries(transport.headers).map(([name, value]) => [
    name,
    value.startsWith(mark) ? open(home, id, name, value) : value,
  ]);
  if (headers.some(([, value]) => value === null)) return null;
  return { ...row, transport: { ...transport, headers: Object.fromEntries(headers) } };
}

function open(home: ChoirHome, serverId: string, name: string, value: string): string | null {
  return unseal(home, placeOf(serverId, name), Buffer.from(value.slice(mark.length), 'base64'), z.string());
}
