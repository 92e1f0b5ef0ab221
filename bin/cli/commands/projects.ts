import { exitCodes } from '../cli-error.ts';
import type { Command } from '../command.ts';
import { parseOptions } from '../parse-options.ts';
import { cleanLine } from '../render/clean-text.ts';

export const projects: Command = {
  usage: 'projects [--json]',
  about: 'list projects',
  async run({ client, terminal: { print, style } }, args) {
    const { values } = parseOptions(args, { json: { type: 'boolean', default: false } });
    const answer = await client.get<{ projects: { id: string; name: string }[] }>('/api/projects');
    if (values.json) print(JSON.stringify(answer.projects));
    else for (const { id, name } of answer.projects) print(`${cleanLine(name)}  ${style.dim(id)}`);
    return exitCodes.completed;
  },
};
