import { CallToolResultSchema } from '@modelcontextprotocol/sdk/types.js';
import { z } from 'zod';
import type { CallState } from '#lib/core/state.ts';
import { storable } from '#lib/core/storable.ts';
import { ToolCall, type ToolResult } from '#lib/core/tool.ts';
import { usableMcpServer } from '#lib/mcp/usable-mcp-servers.ts';
import { programInBridge } from '#workers/mcp/bridge/agent-bridge.ts';
import type { ToolRequest } from '#workers/mcp/bridge/serve-door.ts';
import { callMcpTool } from '#workers/mcp/call-mcp-tool.ts';
import { hideSecrets } from '#workers/mcp/hide-secrets.ts';
import { plainText } from '#workers/mcp/plain-text.ts';
import { resultText, toldResult } from '#workers/mcp/result-text.ts';
import { holdNetwork } from '#workers/run/call/hold-network.ts';
import { judgeNow } from '#workers/run/call/judge-now.ts';
import { failure, toolResult } from '#workers/run/call/tool-result.ts';
import { record } from '#workers/run/run-context.ts';
import { callIdOf } from '../acp/call-id.ts';
import { type Gate, takeUp } from '../answer-request.ts';
import { accessOf } from '../program/session-network.ts';
import { isInLedger, stepInWork } from '../record-acts.ts';
import { cutOff, settleCall } from '../settle-call.ts';
import { inside, loadSnapshot, type Sitting } from '../sitting.ts';
import type { ToolDoor } from './open-door.ts';

type McpCallState = CallState & { call: Extract<ToolCall, { tool: 'mcp_call' }> };

/**
 * Takes a call of a server's tool as far as it goes without a person. The bridge says each call to every worker until it has its answer; the ledger says how
 * far the last one came. `waits`: a person has to answer first.
 */
export async function answerToolCall(sitting: Sitting, door: ToolDoor, request: ToolRequest): Promise<'answered' | 'waits'> {
  const { context, sessionId } = sitting;
  const { key } = request;
  const refuse = (text: string) => {
    door.answer(key, { text, isError: true });
    return 'answered' as const;
  };
  const snapshot = await loadSnapshot(context);
  const callId = callIdOf(sessionId, `mcp ${key}`, 0);
  const known = findCall(snapshot.run.calls, callId);
  // What was shown is what runs, whatever the sandbox says that it is now; its server may be gone since.
  const call = known?.call ?? readCall(door, request);
  if (!call) return refuse('There is no such tool, or not with this input.');
  if (known?.result) {
    tellResult(door, key, known.result);
    return 'answered';
  }
  if (known?.status === 'running') return goOn(sitting, door, request, known);

  const ruling = await judgeNow(context, snapshot, call, inside.home);
  if (!known) {
    if (await isInLedger(context, callId)) return refuse('It was called under this name before.');
    const explanation = `Uses the tool ${call.args.name} of ${call.args.server}`;
    const { runId } = context;
    const proposed = {
      type: 'propose-call' as const,
      runId,
      callId,
      stepId: stepInWork(snapshot),
      call,
      explanation,
      verdict: ruling.verdict,
    };
    await record(context, 'agent', [proposed]);
  }
  const now = await loadSnapshot(context);
  return takeUp(sitting, now, callOf(now.run.calls, callId), ruling, gateOf(sitting, door, request));
}

function gateOf(sitting: Sitting, door: ToolDoor, request: ToolRequest): Gate {
  const { context, sessionId } = sitting;
  const { key } = request;
  const find = async () => callOf((await loadSnapshot(context)).run.calls, callIdOf(sessionId, `mcp ${key}`, 0));
  return {
    async reject(reason) {
      door.answer(key, { text: `Not done. ${reason}`, isError: true });
    },
    async allow(access) {
      const call = await find();
      const { projectId } = (await loadSnapshot(context)).state;
      const { name, input } = call.call.args;
      const row = await usableMcpServer(context.database, projectId, call.call.args);
      const program = row && programInBridge(context, row);
      if (program) return door.answer(key, { run: { argv: program.argv, env: program.env, cwd: inside.tree, name, input } });
      const reached = new Set<string>();
      const onContact = (host: string) => void reached.add(host);
      const judge = async () => accessOf(sitting, await loadSnapshot(context), call);
      const way = holdNetwork(context, sitting.workspaceId, access, judge);
      const place = { projectId, transactionId: sessionId, network: way.access, onContact };
      const result = await callMcpTool(context, { call: call.call, ...place }).finally(way.release);
      sitting.waysOut.set(call.callId, { hosts: [], reached });
      await settleCall(sitting, call, result);
      tellResult(door, key, result);
    },
  };
}

/** It ran when the last worker, or this one, looked. */
async function goOn(sitting: Sitting, door: ToolDoor, { key, stage, outcome }: ToolRequest, call: McpCallState): Promise<'answered'> {
  const { context } = sitting;
  const { projectId } = (await loadSnapshot(context)).state;
  const row = await usableMcpServer(context.database, projectId, call.call.args);
  // A server outside is called by a worker: what a bridge says of that is nothing.
  const isInside = row?.transport.kind !== 'http';
  if (isInside && stage === 'running') return 'answered';
  const result =
    isInside && stage === 'ran'
      ? resultOf(outcome, (text) => (row ? hideSecrets(row, text) : text))
      : cutOff(call, 'Choir stopped while this ran.');
  await settleCall(sitting, call, result);
  tellResult(door, key, result);
  return 'answered';
}

const Outcome = z.union([
  z.object({ result: CallToolResultSchema }),
  z.object({ how: z.enum(['failed', 'timed-out', 'interrupted']), error: z.string() }),
]);

function resultOf(outcome: unknown, hide: (text: string) => string): ToolResult {
  const read = Outcome.safeParse(outcome).data;
  if (!read) return failure('failed', 'The server answered with what is no result.');
  if ('how' in read) return failure(read.how, plainText(hide(read.error), 1_000));
  return toolResult(toldResult(hide(resultText(read.result)), read.result.isError === true));
}

function tellResult(door: ToolDoor, key: string, { status, stdout, error }: ToolResult): void {
  const text = [stdout, error ?? ''].filter(Boolean).join('\n') || 'Nothing.';
  door.answer(key, { text, isError: status !== 'succeeded' });
}

function callOf(calls: CallState[], callId: string): McpCallState {
  const found = findCall(calls, callId);
  if (!found) throw new Error(`The ledger lost the call ${callId}.`);
  return found;
}

function findCall(calls: CallState[], callId: string): McpCallState | undefined {
  return calls.find((call): call is McpCallState => call.callId === callId && call.call.tool === 'mcp_call');
}

function readCall(door: ToolDoor, { name, input }: ToolRequest): McpCallState['call'] | null {
  try {
    const { success, data } = ToolCall.safeParse(storable(door.callOf(name, input)));
    return success && data.tool === 'mcp_call' ? data : null;
  } catch {
    return null;
  }
}
