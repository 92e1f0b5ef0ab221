import { z } from 'zod';
import type { ActiveRun, CallState, Guidance } from '#lib/core/state.ts';
import type { AcpError } from './acp/acp-message.ts';
import type { AcpRequest } from './acp/conversation.ts';
import { providerWords } from './provider-words.ts';

export const promptMethod = 'session/prompt';

/** What stands in the `_meta` of every prompt, so that the session's log says what the agent has been told. */
const Told = z.object({
  _meta: z.object({ choir: z.object({ guidanceIds: z.array(z.string()), refusals: z.number(), raises: z.number() }) }),
});

const Prompt = z.object({ prompt: z.array(z.object({ text: z.string() })) });

/** `why`: which words come first. `begin`: nothing has been said to this program yet. */
export type NextPrompt = { why: 'begin' | 'raised' | 'guidance' | 'refused' | 'stopped'; guidance: Guidance[] } | null;

/** How a turn ended. `trouble`: why the agent could not come to its end. */
export type Turn = { stopReason: string; trouble?: string };

const troubles: Record<string, string> = {
  refusal: 'The model refused to go on.',
  max_tokens: 'The model came to the end of what it can say at once.',
  max_turn_requests: 'The agent made as many requests as it may in one turn.',
};

export function readTurn({ result, error }: { result: unknown; error?: AcpError }): Turn {
  if (error) return { stopReason: 'failed', trouble: providerWords(error.message, 1_000) };
  const { stopReason } = z.object({ stopReason: z.string() }).catch({ stopReason: 'end_turn' }).parse(result);
  const trouble = Object.hasOwn(troubles, stopReason) ? troubles[stopReason] : undefined;
  return { stopReason, ...(trouble ? { trouble } : {}) };
}

/** A run that is told to go on more often than this does not come to an end. */
const promptLimit = 50;

/**
 * What the agent must hear now that its turn is over; null when the run is done. Pure.
 * @param prompts what was said to this program so far @param turn how the last of them ended
 */
export function nextPrompt(input: { run: ActiveRun; prompts: AcpRequest[]; turn: Turn | null; endsOnReject: boolean }): NextPrompt {
  const { run, prompts, turn } = input;
  const told = new Set(prompts.flatMap((prompt) => toldIn(prompt).guidanceIds));
  const guidance = run.guidance.filter(({ delivered, guidanceId }) => !delivered && !told.has(guidanceId));
  const last = prompts.at(-1);
  if (!last) return { why: 'begin', guidance };
  if (raisesOf(run) > toldIn(last).raises) return { why: 'raised', guidance };
  if (guidance.length > 0) return { why: 'guidance', guidance };
  if (prompts.length >= promptLimit) return null;
  if ((input.endsOnReject || isRefusedWithWords(run)) && refusalsOf(run) > toldIn(last).refusals) return { why: 'refused', guidance: [] };
  return turn?.stopReason === 'cancelled' ? { why: 'stopped', guidance: [] } : null;
}

/** Guidance that the log says was told, and the ledger does not know of. */
export function toldGuidance(run: ActiveRun, prompts: AcpRequest[]): string[] {
  const told = new Set(prompts.flatMap((prompt) => toldIn(prompt).guidanceIds));
  return run.guidance.filter(({ delivered, guidanceId }) => !delivered && told.has(guidanceId)).map(({ guidanceId }) => guidanceId);
}

export function promptParams(run: ActiveRun, agentSessionId: string, text: string, guidance: Guidance[]) {
  const choir = { guidanceIds: guidance.map(({ guidanceId }) => guidanceId), refusals: refusalsOf(run), raises: raisesOf(run) };
  return { sessionId: agentSessionId, prompt: [{ type: 'text', text }], _meta: { choir } };
}

/** What was said with a prompt of ours. */
export function promptText({ params }: AcpRequest): string {
  return (
    Prompt.safeParse(params)
      .data?.prompt.map(({ text }) => text)
      .join('\n') ?? ''
  );
}

function toldIn({ params }: AcpRequest): z.infer<typeof Told>['_meta']['choir'] {
  return Told.safeParse(params).data?._meta.choir ?? { guidanceIds: [], refusals: 0, raises: 0 };
}

/** Times that the person let the run go on past a limit. */
function raisesOf({ approvals }: ActiveRun): number {
  return approvals.filter(({ kind, answer }) => kind === 'budget' && answer && answer.decision !== 'reject').length;
}

function refusalsOf({ calls }: ActiveRun): number {
  return calls.filter(isRefused).length;
}

/** Of a tool of a server the agent hears within its turn. */
function isRefused({ call, result }: CallState): boolean {
  return call.tool !== 'mcp_call' && (result?.status === 'denied' || result?.status === 'rejected');
}

/** No protocol has a place for what a person says with a no. */
function isRefusedWithWords({ calls, approvals }: ActiveRun): boolean {
  const last = calls.findLast(isRefused);
  return approvals.some(
    ({ callId, answer }) => callId !== undefined && callId === last?.callId && answer?.decision === 'reject' && answer.note !== '',
  );
}
