import { priceAgents } from '#lib/agents/price-agents.ts';
import { listAgentsOperation } from '../_contract/agents.ts';
import { handle } from '../_server/handle.ts';

export const GET = handle(listAgentsOperation, priceAgents);
