import { createHash } from 'node:crypto';
import type { CallState } from '#lib/core/state.ts';
import type { ToolCall } from '#lib/core/tool.ts';
import { canonicalJson } from '#lib/policy/canonical-json.ts';

/** The id of an agent's tool call: the same for every worker that hears of it. */
export function callIdOf(sessionId: string, toolCallId: string, nth: number): string {
  const digest = createHash('sha256').update(`${sessionId}\0${toolCallId}\0${nth}`).digest();
  return `ca_${[...digest.subarray(0, 16)].map((byte) => '0123456789abcdefghjkmnpqrstvwxyz'[byte & 31]).join('')}`;
}

/** The calls of that name in the ledger: the one that has not ended, and how many there were. An agent may use a name again. */
export function findCall(calls: CallState[], sessionId: string, toolCallId: string): { open: CallState | null; count: number } {
  const known = new Map(calls.map((call) => [call.callId, call]));
  let open: CallState | null = null;
  for (let count = 0; ; count += 1) {
    const call = known.get(callIdOf(sessionId, toolCallId, count));
    if (!call) return { open, count };
    if (call.status !== 'finished') open = call;
  }
}

export function isSameCall(left: ToolCall | undefined, right: ToolCall): boolean {
  return left !== undefined && canonicalJson(left) === canonicalJson(right);
}
