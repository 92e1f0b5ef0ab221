import type { Budget } from '#lib/budgets/list-budgets.ts';
import { describeUsd } from '#lib/core/words/describe-cost.ts';
import { CliError, exitCodes } from '../cli-error.ts';
import type { Client } from '../client.ts';
import type { Command } from '../command.ts';
import { parseOptions } from '../parse-options.ts';
import { cleanLine } from '../render/clean-text.ts';
import { oneOf, readUsd } from '../run-options.ts';
import type { Terminal } from '../terminal.ts';

export const budget: Command = {
  usage: 'budget [set USD | remove] [options]',
  about: 'show, set or remove what models may cost',
  details: `  --project P   for this project, by name or id
  --thread T    for this thread
  --period P    month (the calendar month, UTC) or ever; month without it
  --json        print the budgets as JSON

Without --project and --thread it is the workspace's, which only its owner sets. Every call to a model is held against all budgets above it.`,
  async run({ client, terminal }, args) {
    const { values, positionals } = parseOptions(args, {
      project: { type: 'string' },
      thread: { type: 'string' },
      period: { type: 'string' },
      json: { type: 'boolean', default: false },
    });
    const [verb, amount, ...rest] = positionals;
    if (rest.length > 0 || (values.project && values.thread)) throw new CliError(`Usage: npx choir ${budget.usage}`);
    const scope = scopeOf(values);
    if (verb === undefined) await print(client, terminal, values.json);
    else if (verb === 'set' && amount) {
      const limitUsd = readUsd(amount, 'The budget');
      await client.send('/api/budgets', { ...scope, limitUsd, period: oneOf(['month', 'ever'], values.period, '--period') }, 'PUT');
      terminal.print(`The ${scope.scope} may spend ${describeUsd(limitUsd)} ${values.period === 'ever' ? 'in all' : 'a month'}.`);
    } else if (verb === 'remove' && !amount) {
      await client.send(`/api/budgets?${new URLSearchParams(scope)}`, undefined, 'DELETE');
      terminal.print(`The ${scope.scope} has no budget any more.`);
    } else throw new CliError(`Usage: npx choir ${budget.usage}`);
    return exitCodes.completed;
  },
};

function scopeOf({ project, thread }: { project?: string; thread?: string }): { scope: string; scopeId?: string } {
  if (project) return { scope: 'project', scopeId: project };
  return thread ? { scope: 'thread', scopeId: thread } : { scope: 'workspace' };
}

async function print(client: Client, { print: say, style }: Terminal, json: boolean): Promise<void> {
  const { budgets } = await client.get<{ budgets: Budget[] }>('/api/budgets');
  if (json) say(JSON.stringify(budgets));
  else if (budgets.length === 0) say('No budget is set. Set one: npx choir budget set 20');
  else
    for (const { scope, name, limitUsd, spentUsd, period, scopeId } of budgets) {
      const spent = `${describeUsd(spentUsd)} of ${describeUsd(limitUsd)}${period === 'month' ? ' this month' : ''}`;
      say(`${scope.padEnd(9)} ${cleanLine(name)}  ${spentUsd >= limitUsd ? style.red(spent) : spent}  ${style.dim(scopeId)}`);
    }
}
