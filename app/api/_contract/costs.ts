import { z } from 'zod';
import { BudgetScope } from '#lib/budgets/budget-scope.ts';
import { ListCosts } from '#lib/budgets/list-costs.ts';
import { SetBudget } from '#lib/budgets/set-budget.ts';
import { operation } from './operation.ts';

export const Budget = z.object({
  scope: z.enum(['workspace', 'project', 'thread']),
  scopeId: z.string(),
  name: z.string(),
  limitUsd: z.number(),
  period: z.enum(['month', 'ever']).describe('`month`: the calendar month, UTC'),
  spentUsd: z.number(),
  setBy: z.string(),
  setAt: z.iso.datetime(),
});

export const listBudgetsOperation = operation({
  method: 'GET',
  path: '/api/budgets',
  summary: 'Budgets of the workspace, its projects and threads, and what was spent of each',
  status: 200,
  reply: z.object({ budgets: z.array(Budget) }),
});

export const setBudgetOperation = operation({
  method: 'PUT',
  path: '/api/budgets',
  summary: 'Set how much the workspace, a project or a thread may spend on models',
  description:
    'Takes the place of the budget before. The gateway holds every call against all budgets above its run. Of the workspace: owner only.',
  body: SetBudget,
  status: 204,
});

export const removeBudgetOperation = operation({
  method: 'DELETE',
  path: '/api/budgets',
  summary: 'Take a budget away',
  query: BudgetScope,
  status: 204,
});

export const listCostsOperation = operation({
  method: 'GET',
  path: '/api/costs',
  summary: 'What models cost, by agent, model, thread or day',
  query: ListCosts,
  status: 200,
  reply: z.object({
    costs: z.array(
      z.object({
        key: z.string(),
        name: z.string(),
        calls: z.number().int(),
        inputTokens: z.number(),
        outputTokens: z.number(),
        costUsd: z.number(),
        unpricedCalls: z.number().int().describe('calls that used tokens whose price is not known'),
      }),
    ),
    totalUsd: z.number(),
  }),
});
