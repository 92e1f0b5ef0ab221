import type { Command } from '../command.ts';
import { followOptions, readFollowOptions } from '../follow-options.ts';
import { followRun } from '../follow-run.ts';
import { giveGoal } from '../give-goal.ts';
import { parseOptions } from '../parse-options.ts';
import { readMode, readRunChoice, runOptionDetails, runOptions } from '../run-options.ts';

export const run: Command = {
  usage: 'run "goal" [options]',
  about: 'give a goal and follow the run until it ends',
  details: `  --project P      project by name or id; the default project without it
  --thread T       go on in this thread instead of a new one
  --mode M         plan (asks for the plan first), assisted, autonomous
${runOptionDetails}
  --dry-run        show the whole effect before anything is kept
  --yes            approve plans, acts inside the project and their effects: all that a revert can take back
  --yes-outside    approve what reaches outside too: network, installs, no sandbox
  --json           print the events, one JSON object per line

"-" as the goal reads it from stdin. Without a terminal on stdin and without --yes the run waits for an answer from any device.
Exit code: 0 completed, 1 failed or stopped, 2 refused, 130 Ctrl-C (the run goes on).`,
  async run(session, args) {
    const { values, positionals: words } = parseOptions(args, {
      project: { type: 'string' },
      ...runOptions,
      mode: { type: 'string' },
      thread: { type: 'string' },
      'dry-run': { type: 'boolean', default: false },
      ...followOptions,
    });
    const { project, thread } = values;
    const choice = { ...readRunChoice(values), mode: readMode(values.mode), dryRun: values['dry-run'] };
    const given = await giveGoal(session, { words, project, thread, choice });
    return followRun(session.client, session.terminal, { ...given, ...readFollowOptions(values) });
  },
};
