import { listCosts } from '#lib/budgets/list-costs.ts';
import { listCostsOperation } from '../_contract/costs.ts';
import { handle } from '../_server/handle.ts';

export const GET = handle(listCostsOperation, async (context, input) => {
  const costs = await listCosts(context, input);
  return { costs, totalUsd: costs.reduce((total, { costUsd }) => total + costUsd, 0) };
});
