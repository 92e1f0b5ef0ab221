import type { McpServerRow } from '#lib/mcp/mcp-server.ts';

/** Shorter ones would be found in any text. */
const shortestSecret = 6;

/** A server may say back what it was sent. */
export function hideSecrets({ transport }: Pick<McpServerRow, 'transport'>, text: string): string {
  if (transport.kind === 'ready') return text;
  const values = Object.values(transport.kind === 'http' ? transport.headers : transport.env);
  const secrets = values.flatMap((value) => [value, ...value.split(/\s+/)]).filter(({ length }) => length >= shortestSecret);
  return secrets.sort((a, b) => b.length - a.length).reduce((rest, secret) => rest.replaceAll(secret, '[hidden]'), text);
}
