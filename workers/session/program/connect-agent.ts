import { z } from 'zod';
import { agentBridge } from '#workers/mcp/bridge/agent-bridge.ts';
import { record } from '#workers/run/run-context.ts';
import type { AcpError } from '../acp/acp-message.ts';
import type { Earlier } from '../earlier-conversation.ts';
import { AgentRefused, ProgramEnded } from '../endings.ts';
import { providerWords } from '../provider-words.ts';
import { inside, loadSnapshot, type Sitting } from '../sitting.ts';

const clientCapabilities = { fs: { readTextFile: false, writeTextFile: false }, terminal: false };
/** The ledger cannot hold a NUL or half a character. */
const isStorable = (name: string) => !name.includes('\0') && name.isWellFormed();
const Started = z.object({ sessionId: z.string().min(1).max(500).refine(isStorable) });

/**
 * Greets a program that has just started and opens a conversation with it: the earlier one where there is one and it can be taken up again. The ledger
 * knows of the session from here on.
 */
export async function connectAgent(sitting: Sitting, earlier: Earlier | null, version: string): Promise<'new' | 'resumed' | 'restarted'> {
  const { context, protocol, wire, sessionId, door } = sitting;
  accepted(await wire.ask('initialize', { protocolVersion: 1, clientInfo: { name: 'choir', version: '1' }, clientCapabilities }));
  if (protocol.authMethod) accepted(await wire.ask('authenticate', { methodId: protocol.authMethod }));
  const { run } = await loadSnapshot(context);
  const { name, command, args } = agentBridge;
  const servers = door && protocol.bridge.by === 'session' ? [{ name, command, args, env: [] }] : [];
  const place = { cwd: inside.tree, mcpServers: servers, ...(protocol.sessionMeta ? { _meta: protocol.sessionMeta } : {}) };

  let agentSessionId: string | null = null;
  if (earlier?.hasSpoken && protocol.resume !== 'none') {
    const { error } = await wire.ask(protocol.resume, { ...place, sessionId: earlier.agentSessionId });
    if (!error) agentSessionId = earlier.agentSessionId;
  }
  const how = agentSessionId ? 'resumed' : earlier ? 'restarted' : 'new';
  if (!agentSessionId) {
    const started = Started.safeParse(accepted(await wire.ask('session/new', place)));
    if (!started.success) throw new AgentRefused('The agent gave its session no name.');
    agentSessionId = started.data.sessionId;
  }
  if (protocol.askMode) accepted(await wire.ask('session/set_mode', { sessionId: agentSessionId, modeId: protocol.askMode }));
  await record(context, 'agent', [{ type: 'start-session', runId: run.runId, sessionId, agentSessionId, how, version }]);
  return how;
}

/** An agent whose inner process was killed says so as an internal error, and starts as well as ever the next time. */
const internalError = -32603;

function accepted({ result, error }: { result: unknown; error?: AcpError }): unknown {
  if (error?.code === internalError) throw new ProgramEnded(`It could not start: ${providerWords(error.message, 500)}`);
  if (error) throw new AgentRefused(providerWords(error.message, 500));
  return result;
}
