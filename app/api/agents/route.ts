import { listAgents } from '#lib/agents/list-agents.ts';
import { listAgentsOperation } from '../_contract/agents.ts';
import { handle } from '../_server/handle.ts';

export const GET = handle(listAgentsOperation, async (context) => listAgents(context));
