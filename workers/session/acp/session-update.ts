import { z } from 'zod';

const Text = z.object({ type: z.literal('text'), text: z.string() });
const Content = z.union([
  z.object({ type: z.literal('content'), content: Text }),
  z.object({ type: z.literal('diff'), path: z.string(), oldText: z.string().nullish(), newText: z.string() }),
  z.object({ type: z.string() }).transform(() => null),
]);
const Meta = z.looseObject({
  terminal_output_delta: z.object({ data: z.string() }).optional(),
  terminal_exit: z.object({ exit_code: z.number().nullish() }).optional(),
  is_mcp_tool_call: z.boolean().optional(),
  claudeCode: z.looseObject({ parentToolUseId: z.string().nullish() }).optional(),
});

/** What an agent says of one of its tool calls, at its begin and later: only what it names has changed. */
export const ToolReport = z.object({
  toolCallId: z.string().min(1).max(500),
  title: z.string().nullish(),
  name: z.string().nullish(),
  kind: z.string().nullish(),
  status: z.string().nullish(),
  rawInput: z.unknown().optional(),
  rawOutput: z.unknown().optional(),
  content: z.array(Content).nullish(),
  locations: z.array(z.object({ path: z.string() })).nullish(),
  _meta: Meta.nullish().catch(null),
});
export type ToolReport = z.infer<typeof ToolReport>;

const Entry = z.object({ content: z.string(), status: z.enum(['pending', 'in_progress', 'completed']).catch('pending') });
export type PlanEntry = z.infer<typeof Entry>;

const OwnList = z.object({ todos: z.array(Entry).min(1).max(200) });

/** The steps that a call puts on the agent's own list; null where it names none. */
export function readOwnList({ rawInput }: ToolReport): PlanEntry[] | null {
  return OwnList.safeParse(rawInput).data?.todos ?? null;
}

const Update = z.discriminatedUnion('sessionUpdate', [
  z.object({ sessionUpdate: z.literal('agent_message_chunk'), content: Text, messageId: z.string().nullish() }),
  z.object({ sessionUpdate: z.literal('agent_thought_chunk'), content: Text }),
  ToolReport.extend({ sessionUpdate: z.literal('tool_call') }),
  ToolReport.extend({ sessionUpdate: z.literal('tool_call_update') }),
  z.object({ sessionUpdate: z.literal('plan'), entries: z.array(Entry).min(1).max(200) }),
]);
export type SessionUpdate = z.infer<typeof Update>;

/** The part of the Agent Client Protocol that Choir hears; null for everything else. */
export function readUpdate(params: unknown): SessionUpdate | null {
  const { success, data } = z.object({ update: Update }).safeParse(params);
  return success ? data.update : null;
}

const PermissionRequest = z.object({
  toolCall: ToolReport,
  options: z.array(z.object({ optionId: z.string(), kind: z.string() })).max(50),
});
export type PermissionRequest = z.infer<typeof PermissionRequest>;

export function readPermissionRequest(params: unknown): PermissionRequest | null {
  return PermissionRequest.safeParse(params).data ?? null;
}

/** The answer that allows or refuses just this once: nothing that an agent would remember is ever chosen. */
export function choose({ options }: PermissionRequest, decision: 'allow' | 'reject'): Record<string, unknown> {
  const option = options.find(({ kind }) => kind === `${decision}_once`);
  return { outcome: option ? { outcome: 'selected', optionId: option.optionId } : { outcome: 'cancelled' } };
}
