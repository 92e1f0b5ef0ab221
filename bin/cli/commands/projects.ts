import { CliError, exitCodes } from '../cli-error.ts';
import type { Command } from '../command.ts';
import { parseOptions } from '../parse-options.ts';
import { cleanLine } from '../render/clean-text.ts';

type Project = { id: string; name: string };

export const projects: Command = {
  usage: 'projects [create NAME] [options]',
  about: 'list projects, or make one',
  details: `  --template T   blank (without it), or another template of the server
  --git URL      from a public git address
  --json         print JSON`,
  async run({ client, terminal: { print, style } }, args) {
    const { values, positionals } = parseOptions(args, {
      template: { type: 'string' },
      git: { type: 'string' },
      json: { type: 'boolean', default: false },
    });
    const [verb, ...words] = positionals;
    const name = words.join(' ');
    if ((verb !== undefined && verb !== 'create') || (verb && !name)) throw new CliError(`Usage: npx choir ${projects.usage}`);
    if (values.template && values.git) throw new CliError('A project comes from a template or from a git address, not from both.');
    const from = values.git ? { gitUrl: values.git } : values.template ? { template: values.template } : undefined;
    const listed = verb
      ? [await client.send<Project>('/api/projects', { name, ...(from ? { from } : {}) })]
      : (await client.get<{ projects: Project[] }>('/api/projects')).projects;
    if (values.json) print(JSON.stringify(verb ? listed[0] : listed));
    else for (const project of listed) print(`${cleanLine(project.name)}  ${style.dim(project.id)}`);
    return exitCodes.completed;
  },
};
