import type { GoalCost, ShortBudget } from '../goal-cost.ts';
import { agentName } from './agent-name.ts';
import { describeUsd, priceUnknown } from './describe-cost.ts';

/** The agent that does what this one does not, at its own cost; '' where there is none. */
export function otherAgent(cost: GoalCost): string {
  return (cost.basis === 'free' && cost.otherwise) || '';
}

/** The sum alone, such as "about $0.21, up to $1.20". */
export function describeGoalSum(cost: GoalCost): string {
  if (cost.basis === 'own-server' || cost.basis === 'unknown') return priceUnknown;
  if (cost.basis === 'free' || cost.highUsd === 0) return 'free';
  const [usual, high] = [describeUsd(cost.usualUsd), describeUsd(cost.highUsd)];
  return `about ${usual}${usual === high ? '' : `, up to ${high}`}`;
}

/** How the sum is known, as the rest of a sentence; '' where there is nothing to say. `other`: the cost of the agent that does what this one does not. */
export function describeGoalBasis(cost: GoalCost, other?: GoalCost): string {
  switch (cost.basis) {
    case 'free': {
      if (cost.otherwise === null) return '';
      return [`what no rule covers costs what ${agentName(cost.otherwise)} costs`, other && describeGoalSum(other)]
        .filter(Boolean)
        .join(', ');
    }
    case 'own-server':
      return `${cost.model ?? 'its model'} runs on a server of your own, and no price of it is named`;
    case 'past-goals':
      return `from the last ${cost.goals} goals here with ${cost.model}`;
    case 'list-prices':
      return `by the list prices of ${cost.model}, for ${cost.usualSteps} to ${cost.highSteps} steps`;
    case 'unknown':
      return cost.model === null ? 'its server chooses the model' : `there is no price of ${cost.model}`;
  }
}

/** The whole, without a full stop. */
export function describeGoalCost(cost: GoalCost, other?: GoalCost): string {
  return [describeGoalSum(cost), describeGoalBasis(cost, other)].filter(Boolean).join('; ');
}

/** One sentence. */
export function describeShortBudget({ scope, period, leftUsd }: ShortBudget): string {
  return `The budget of this ${scope}${period === 'month' ? ' for this month' : ''} has ${describeUsd(leftUsd)} left, less than this may cost.`;
}

/** What a goal will cost, as `describeGoalCost` put it, in one line; and the budget that has less left. */
export function sayGoalCost({ words, budget }: { words: string; budget: ShortBudget | null }): string {
  return [`Cost of a goal: ${words}.`, budget && describeShortBudget(budget)].filter(Boolean).join(' ');
}
