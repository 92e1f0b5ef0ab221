import { createHash } from 'node:crypto';
import type { CallState } from '#lib/core/state.ts';
import type { ToolCall } from '#lib/core/tool.ts';
import { canonicalJson } from '#lib/policy/canonical-json.ts';

/** The id of an agent's tool call, by its program and the line that it began on: the same for every worker that hears of it. An agent may use a name again. */
export function callIdOf(program: string, toolCallId: string, line: number): string {
  const digest = createHash('sha256').update(`${program}\0${toolCallId}\0${line}`).digest();
  return `ca_${[...digest.subarray(0, 16)].map((byte) => '0123456789abcdefghjkmnpqrstvwxyz'[byte & 31]).join('')}`;
}

/** Of the calls of that name that began on these lines, the one that has not ended. */
export function findOpenCall(calls: CallState[], program: string, toolCallId: string, lines: readonly number[]): CallState | undefined {
  const ids = new Set(lines.map((line) => callIdOf(program, toolCallId, line)));
  return calls.findLast(({ callId, status }) => status !== 'finished' && ids.has(callId));
}

export function isSameCall(left: ToolCall | undefined, right: ToolCall): boolean {
  return left !== undefined && canonicalJson(left) === canonicalJson(right);
}
