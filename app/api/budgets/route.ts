import { listBudgets } from '#lib/budgets/list-budgets.ts';
import { removeBudget } from '#lib/budgets/remove-budget.ts';
import { setBudget } from '#lib/budgets/set-budget.ts';
import { listBudgetsOperation, removeBudgetOperation, setBudgetOperation } from '../_contract/costs.ts';
import { handle } from '../_server/handle.ts';

export const GET = handle(listBudgetsOperation, async (context) => ({ budgets: await listBudgets(context) }));
export const PUT = handle(setBudgetOperation, setBudget);
export const DELETE = handle(removeBudgetOperation, removeBudget);
