import { exitCodes } from '../cli-error.ts';
import type { Command } from '../command.ts';
import { followRun } from '../follow-run.ts';
import { giveGoal } from '../give-goal.ts';
import { parseOptions } from '../parse-options.ts';
import { readRunChoice, runOptionDetails, runOptions } from '../run-options.ts';

export const plan: Command = {
  usage: 'plan "goal" [options]',
  about: 'have a goal planned and stop there; apply carries it out',
  details: `  --project P      project by name or id
${runOptionDetails}
  --dry-run        run the plan without keeping anything, and show its whole effect
  --json           print the events, one JSON object per line`,
  async run(session, args) {
    const { values, positionals: words } = parseOptions(args, {
      project: { type: 'string' },
      ...runOptions,
      'dry-run': { type: 'boolean', default: false },
      json: { type: 'boolean', default: false },
    });
    const { project, json } = values;
    const choice = { ...readRunChoice(values), mode: 'plan' as const, dryRun: values['dry-run'] };
    const given = await giveGoal(session, { words, project, choice });
    const consent = { yes: false, yesOutside: false };
    const code = await followRun(session.client, session.terminal, { ...given, consent, json, untilPlan: true });
    if (code === exitCodes.completed) session.terminal.note(`\nCarry it out: npx choir apply ${given.threadId}`);
    return code;
  },
};
