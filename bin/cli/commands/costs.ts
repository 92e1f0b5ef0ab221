import { type Cost, costGroups } from '#lib/budgets/list-costs.ts';
import { describeUsd } from '#lib/core/words/describe-cost.ts';
import { formatCount, shortCount } from '#lib/core/words/format.ts';
import { CliError, exitCodes } from '../cli-error.ts';
import type { Command } from '../command.ts';
import { parseOptions } from '../parse-options.ts';
import { cleanLine } from '../render/clean-text.ts';
import { oneOf } from '../run-options.ts';

export const costs: Command = {
  usage: 'costs [--by B] [--days N] [--json]',
  about: 'what models cost, by agent, model, thread or day',
  details: `  --by B     ${costGroups.join(', ')}; agent without it
  --days N   how far back, today included; 30 without it
  --json     print the rows as JSON`,
  async run({ client, terminal: { print, style } }, args) {
    const { values } = parseOptions(
      args,
      {
        by: { type: 'string' },
        days: { type: 'string', default: '30' },
        json: { type: 'boolean', default: false },
      },
      0,
    );
    if (!/^[1-9]\d{0,3}$/.test(values.days)) throw new CliError('--days is a number of days, such as 7.');
    const by = oneOf(costGroups, values.by, '--by') ?? 'agent';
    const answer = await client.get<{ costs: Cost[]; totalUsd: number }>(`/api/costs?by=${by}&days=${values.days}`);
    if (values.json) print(JSON.stringify(answer));
    else if (answer.costs.length === 0) print(`No model was called in ${values.days} ${values.days === '1' ? 'day' : 'days'}.`);
    else {
      for (const cost of answer.costs)
        print(`${describeUsd(cost.costUsd).padStart(9)}  ${cleanLine(cost.name)}  ${style.dim(describeUse(cost))}`);
      print(style.bold(`${describeUsd(answer.totalUsd).padStart(9)}  in all`));
    }
    return exitCodes.completed;
  },
};

function describeUse({ calls, inputTokens, outputTokens, unpricedCalls }: Cost): string {
  const unpriced = unpricedCalls > 0 ? `, ${unpricedCalls} without a known price` : '';
  return `${formatCount(calls, 'call')}, ${shortCount(inputTokens)} tokens in, ${shortCount(outputTokens)} out${unpriced}`;
}
