import { describeCapabilities } from '#lib/agents/describe-capabilities.ts';
import type { RunLimits } from '#lib/core/limits/run-limits.ts';
import { sayGoalCost } from '#lib/core/words/describe-goal-cost.ts';
import { describeAmount } from '#lib/core/words/describe-limit.ts';
import { exitCodes } from '../cli-error.ts';
import type { Command } from '../command.ts';
import { parseOptions } from '../parse-options.ts';
import { priceAgents } from '../price-agents.ts';
import { cleanLine } from '../render/clean-text.ts';

export const agents: Command = {
  usage: 'agents [--model M] [--thread T] [--json]',
  about: 'list agents: what each can, what a goal will cost, and whether it is ready',
  details: `  --model M    what a goal will cost with this model, as provider/model
  --thread T   beside the budgets that hold for this thread
  --json       print the answer as JSON`,
  async run({ client, terminal: { print, style } }, args) {
    const { values } = parseOptions(
      args,
      { model: { type: 'string' }, thread: { type: 'string' }, json: { type: 'boolean', default: false } },
      0,
    );
    const answer = await priceAgents(client, { model: values.model, threadId: values.thread });
    if (values.json) {
      print(JSON.stringify(answer));
      return exitCodes.completed;
    }
    for (const agent of answer.agents) {
      const state = agent.ready ? style.green('ready') : style.yellow(cleanLine(agent.whyNot));
      const chosen = agent.id === answer.defaultAgent ? style.dim(' (default)') : '';
      print(`${style.bold(agent.id.padEnd(12))} ${cleanLine(agent.name)}${chosen}  ${state}`);
      print(`  ${cleanLine(agent.about)}`);
      print(`  ${cleanLine(sayGoalCost(agent.cost))}`);
      for (const sentence of [describeCapabilities(agent), ...agent.cannot, ...(agent.installs ? [agent.installs] : [])])
        print(style.dim(`  ${cleanLine(sentence)}`));
    }
    print('');
    print(style.dim(`An autonomous run stops and asks after ${describeLimits(answer.autonomousLimits)}, unless told otherwise.`));
    return exitCodes.completed;
  },
};

function describeLimits({ maxIterations = 0, timeMs = 0, budgetUsd = 0 }: RunLimits): string {
  const amounts = [
    describeAmount('maxIterations', maxIterations),
    describeAmount('timeMs', timeMs),
    describeAmount('budgetUsd', budgetUsd),
  ];
  return `${amounts.slice(0, -1).join(', ')} or ${amounts.at(-1)}`;
}
