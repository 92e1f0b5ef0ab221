import { type RunMode, runModes } from '#lib/core/event.ts';
import { CliError } from '../cli-error.ts';
import type { Command } from '../command.ts';
import { followRun } from '../follow-run.ts';
import { giveGoal } from '../give-goal.ts';
import { parseOptions } from '../parse-options.ts';

export const run: Command = {
  usage: 'run "goal" [options]',
  about: 'give a goal and follow the run until it ends',
  details: `  --project P      project by name or id; the default project without it
  --agent A        agent by id
  --mode M         plan (asks for the plan first), assisted, autonomous
  --thread T       go on in this thread instead of a new one
  --dry-run        show the whole effect before anything is kept
  --yes            approve plans and effects: all that a revert can take back
  --yes-outside    approve what reaches outside too: network, installs, no sandbox
  --json           print the events, one JSON object per line

"-" as the goal reads it from stdin. Without a terminal on stdin and without --yes the run waits for an answer from any device.
Exit code: 0 completed, 1 failed or stopped, 2 refused, 130 Ctrl-C (the run goes on).`,
  async run(session, args) {
    const { values, positionals: words } = parseOptions(args, {
      project: { type: 'string' },
      agent: { type: 'string' },
      mode: { type: 'string' },
      thread: { type: 'string' },
      'dry-run': { type: 'boolean', default: false },
      yes: { type: 'boolean', short: 'y', default: false },
      'yes-outside': { type: 'boolean', default: false },
      json: { type: 'boolean', default: false },
    });
    const { project, agent, thread, json } = values;
    const given = await giveGoal(session, { words, project, agent, thread, mode: parseMode(values.mode), dryRun: values['dry-run'] });
    const consent = { yes: values.yes, yesOutside: values['yes-outside'] };
    return followRun(session.client, session.terminal, { ...given, consent, json });
  },
};

function parseMode(mode: string | undefined): RunMode | undefined {
  const known = runModes.find((candidate) => candidate === mode);
  if (mode !== undefined && !known) throw new CliError(`--mode is one of ${runModes.join(', ')}.`);
  return known;
}
