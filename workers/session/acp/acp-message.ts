import { z } from 'zod';

const Id = z.union([z.string().max(200), z.number()]);
const AcpError = z.object({ code: z.number(), message: z.string(), data: z.unknown().optional() });
const Envelope = z.object({
  id: Id.nullish(),
  method: z.string().optional(),
  params: z.unknown().optional(),
  result: z.unknown().optional(),
  error: AcpError.optional(),
});

export type AcpId = z.infer<typeof Id>;
export type AcpError = z.infer<typeof AcpError>;
export type AcpMessage =
  | { kind: 'request'; id: AcpId; method: string; params: unknown }
  | { kind: 'notification'; method: string; params: unknown }
  | { kind: 'response'; id: AcpId; result: unknown; error?: AcpError };

/** One line of JSON-RPC, or null for what is none: a program may print whatever it likes. */
export function readMessage(line: string): AcpMessage | null {
  if (!line.startsWith('{')) return null;
  let value: unknown;
  try {
    value = JSON.parse(line);
  } catch {
    return null;
  }
  const { success, data } = Envelope.safeParse(value);
  if (!success) return null;
  const { id, method, params, result, error } = data;
  if (method !== undefined) return id == null ? { kind: 'notification', method, params } : { kind: 'request', id, method, params };
  return id == null ? null : { kind: 'response', id, result, ...(error ? { error } : {}) };
}

export function writeMessage(message: Record<string, unknown>): string {
  return JSON.stringify({ jsonrpc: '2.0', ...message });
}
