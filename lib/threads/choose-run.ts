import { z } from 'zod';
import { type AgentDescription, agentCatalog, defaultAgent, describeAgent } from '#lib/agents/agent-catalog.ts';
import { goalDefaults, missingKey, readiness } from '#lib/agents/list-agents.ts';
import type { Command } from '#lib/core/decide.ts';
import { DomainError } from '#lib/core/domain-error.ts';
import { runModes } from '#lib/core/event.ts';
import { givenLimits } from '#lib/core/limits/limit-reached.ts';
import { judgements, RunLimits } from '#lib/core/limits/run-limits.ts';
import { providerIds } from '#lib/core/model-call.ts';
import { bestFitReason, isBestFit, type RunState } from '#lib/core/state.ts';
import { agentName } from '#lib/core/words/agent-name.ts';
import type { ModelSetup } from '#lib/model-setup.ts';

const modelForm = /^([a-z]+)\/[\x21-\x7e]+$/;

const { budgetUsd, maxIterations, timeMs, checkpointEveryMs } = RunLimits.shape;
/** Limits by name; null is none. */
export const NamedLimits = z.strictObject({
  budgetUsd: budgetUsd.nullable(),
  maxIterations: maxIterations.nullable(),
  timeMs: timeMs.nullable(),
  checkpointEveryMs: checkpointEveryMs.nullable(),
});
const limitNames = Object.keys(RunLimits.shape) as (keyof RunLimits)[];

/** How a person wants a goal to be worked on. What is not said is the last run's, or the default. */
export const RunChoice = z.object({
  agent: z
    .string()
    .min(1)
    .max(100)
    .nullable()
    .optional()
    .describe('an agent of `GET /api/agents`; null: the best fit, whoever had the last goal of the thread'),
  model: z
    .string()
    .max(200)
    .refine((model) => providerIds.some((provider) => provider === modelForm.exec(model)?.[1]), {
      message: `A model is provider/model, and the provider one of ${providerIds.join(', ')}.`,
    })
    .optional()
    .describe('provider/model'),
  mode: z.enum(runModes).optional().describe('`assisted` where nothing is said'),
  limits: NamedLimits.optional().describe(
    'where the run stops by itself and asks; null: nowhere, whatever the last goal of the thread had',
  ),
  judgement: z
    .enum(judgements)
    .optional()
    .describe('for an agent with a process of its own: ask for each action, or show what came of a turn'),
  dryRun: z.boolean().optional(),
});
export type RunChoice = z.infer<typeof RunChoice>;

type Models = Pick<ModelSetup, 'providers' | 'runBudgetUsd'>;

export type ChosenRun = Omit<Extract<Command, { type: 'give-goal' }>, 'type' | 'runId' | 'goal'>;

/**
 * Who works on the next goal of a thread, why, and within which bounds. `before` is the thread's last run: a new goal keeps what it had.
 * Throws `invalid` for what does not fit together and `conflict` when the agent is not ready, each with what to do.
 */
export function chooseRun(choice: RunChoice, models: Models, before: RunState | null = null): ChosenRun {
  const { description, agentReason } = chooseAgent(choice, models, before);
  const { ready, whyNot } = readiness(description, models.providers);
  if (!ready) throw new DomainError('conflict', `${description.name} is not ready. ${whyNot}`, { agent: description.id });
  const model = choice.model ?? (before?.agent === description.id ? before.model : undefined);
  if (model) requireModel(description, model, models);
  const mode = choice.mode ?? before?.mode ?? 'assisted';
  const kept = before && before.mode === mode ? givenLimits(before) : {};
  const usual = mode === 'autonomous' ? goalDefaults({ models }).autonomousLimits : {};
  return {
    agent: description.id,
    agentReason,
    mode,
    dryRun: choice.dryRun ?? false,
    limits: mergeLimits(usual, kept, choice.limits),
    judgement: choice.judgement ?? before?.judgement ?? 'action',
    ...(model ? { model } : {}),
  };
}

/**
 * Words to a run that works guide it as it is. Throws `conflict` for a wish that it could not obey: dropped in silence, it would hold for nothing and be
 * believed. What the run has anyway may be named.
 */
export function requireFit({ agent, limits, dryRun, ...choice }: RunChoice, run: RunState): void {
  const isOtherAgent = agent === null ? !isBestFit(run) : agent !== undefined && agent !== run.agent;
  if (isOtherAgent)
    throw new DomainError('conflict', `${agentName(run.agent)} still works in this thread. Stop it first, or wait until it is done.`);
  const given: RunLimits = givenLimits(run);
  const isOther =
    (dryRun === true && !run.dryRun) ||
    (['model', 'mode', 'judgement'] as const).some((name) => choice[name] !== undefined && choice[name] !== run[name]) ||
    limitNames.some((name) => limits?.[name] !== undefined && (limits[name] ?? undefined) !== given[name]);
  if (isOther)
    throw new DomainError(
      'conflict',
      'A run works in this thread: your words would guide it, and it keeps its model, mode and limits. Leave those out, stop it first, or wait until it is done.',
    );
}

/** What is named counts, else what is kept, else the usual; a limit that is named null is not kept. */
function mergeLimits(usual: RunLimits, kept: RunLimits, named: RunChoice['limits'] = {}): RunLimits {
  const limits = { ...usual };
  for (const name of limitNames) {
    const value = named[name] === undefined ? kept[name] : named[name];
    if (value !== undefined && value !== null) limits[name] = value;
  }
  return limits;
}

function chooseAgent(
  { agent, model }: RunChoice,
  { providers }: Models,
  before: RunState | null,
): { description: AgentDescription; agentReason: string } {
  if (typeof agent === 'string') return { description: knownAgent(agent), agentReason: 'chosen by the person' };
  const last = agent === undefined && before && !isBestFit(before) ? describeAgent(before.agent) : undefined;
  if (last && !(model && last.providers.length === 0)) return { description: last, agentReason: 'same as before' };
  const thinker = model ? describeAgent('model') : undefined;
  if (thinker) return { description: thinker, agentReason: 'the person named a model' };
  const reason = providers.length > 0 ? 'rules for what they cover, a model for the rest' : 'needs no model and no key';
  return { description: knownAgent(defaultAgent), agentReason: `${bestFitReason}: ${reason}` };
}

function knownAgent(id: string): AgentDescription {
  const description = describeAgent(id);
  if (description) return description;
  const known = agentCatalog.map((agent) => agent.id).join(', ');
  const near = nearAgent(id);
  const hint = near ? `Did you mean ${near.id}?` : `There are: ${known}.`;
  throw new DomainError('invalid', `There is no agent called "${id.slice(0, 60)}". ${hint}`);
}

/** "claude", "Claude Code" and "opencod" are near enough to be named. */
function nearAgent(id: string): AgentDescription | undefined {
  const letters = (text: string) => text.toLowerCase().replaceAll(/[^a-z]/g, '');
  const wanted = letters(id);
  return agentCatalog.find((agent) => wanted.length > 2 && letters(agent.id).startsWith(wanted.slice(0, 3)));
}

function requireModel({ name, providers }: AgentDescription, model: string, { providers: configured }: Models): void {
  const provider = providerIds.find((candidate) => model.startsWith(`${candidate}/`));
  if (providers.length === 0)
    throw new DomainError('invalid', `${name} works without a model: leave the model out, or choose another agent.`);
  if (!provider || !providers.includes(provider))
    throw new DomainError('invalid', `${name} works with models of ${providers.join(', ')}, not with "${model.slice(0, 60)}".`);
  if (!configured.includes(provider))
    throw new DomainError('conflict', `No model of ${provider} is set up here. ${missingKey([provider])}`);
}
