import { type RunMode, runModes } from '#lib/core/event.ts';
import { type Judgement, judgements, type RunLimits } from '#lib/core/limits/run-limits.ts';
import { CliError } from './cli-error.ts';

/** Options of every command that gives a goal, for `parseOptions`. */
export const runOptions = {
  agent: { type: 'string' },
  model: { type: 'string' },
  budget: { type: 'string' },
  'max-steps': { type: 'string' },
  time: { type: 'string' },
  'checkpoint-every': { type: 'string' },
  judge: { type: 'string' },
} as const;

export const runOptionDetails = `  --agent A        agent by id: see npx choir agents; best: the best fit, whoever had the thread's last goal
  --model M        provider/model, such as anthropic/claude-sonnet-5-5
  --budget USD     stop and ask when the run has spent this much
  --max-steps N    stop and ask after this many steps of the agent
  --time T         stop and ask after this much work: 90s, 30m, 2h; waits do not count
  --checkpoint-every T   save what changed at least this often, besides each step
  --judge J        action (ask before each act) or turn (show what came of it), for agents with a process of their own`;

export type RunChoice = { agent?: string | null; model?: string; limits?: RunLimits; judgement?: Judgement };

/** What the options say, in the words of the API. Throws with what an option must be. */
export function readRunChoice(values: { [Name in keyof typeof runOptions]?: string }): RunChoice {
  const limits: RunLimits = {
    budgetUsd: values.budget === undefined ? undefined : readUsd(values.budget, '--budget'),
    maxIterations: readCount(values['max-steps']),
    timeMs: readDuration(values.time, '--time'),
    checkpointEveryMs: readDuration(values['checkpoint-every'], '--checkpoint-every'),
  };
  const limited = Object.values(limits).some((limit) => limit !== undefined);
  return {
    agent: values.agent === 'best' ? null : values.agent,
    model: values.model,
    ...(limited ? { limits } : {}),
    judgement: oneOf(judgements, values.judge, '--judge'),
  };
}

export function readMode(mode: string | undefined): RunMode | undefined {
  return oneOf(runModes, mode, '--mode');
}

export function oneOf<const Word extends string>(words: readonly Word[], given: string | undefined, option: string): Word | undefined {
  const known = words.find((word) => word === given);
  if (given !== undefined && !known) throw new CliError(`${option} is one of ${words.join(', ')}.`);
  return known;
}

/** `2.50` or `$2.50`. */
export function readUsd(text: string, option: string): number {
  const usd = /^\$?\d+(\.\d+)?$/.test(text) ? Number(text.replace('$', '')) : 0;
  if (usd <= 0) throw new CliError(`${option} is an amount in US dollars, such as 2.50.`);
  return usd;
}

function readCount(text: string | undefined): number | undefined {
  if (text === undefined) return undefined;
  if (!/^[1-9]\d{0,4}$/.test(text)) throw new CliError('--max-steps is a number of steps, such as 50.');
  return Number(text);
}

const units = { s: 1_000, m: 60_000, h: 3_600_000 } as const;

function readDuration(text: string | undefined, option: string): number | undefined {
  if (text === undefined) return undefined;
  const [, count, unit] = /^(\d{1,6})(s|m|h)$/.exec(text) ?? [];
  if (!unit || Number(count) === 0) throw new CliError(`${option} is a time such as 90s, 30m or 2h.`);
  return Number(count) * units[unit as keyof typeof units];
}
