'use client';

import { Dialog } from '@base-ui/react/dialog';
import { useState } from 'react';
import { describeGoalBasis, describeGoalSum, otherAgent } from '#lib/core/words/describe-goal-cost.ts';
import { buttonClass } from '../base/button.tsx';
import { Field } from '../base/field.tsx';
import { Segments } from '../base/segments.tsx';
import { Sheet } from '../base/sheet.tsx';
import type { AgentChoice, RunOptions } from '../composer/run-options.ts';
import { AgentCard } from './agent-card.tsx';
import { LimitFields } from './limit-fields.tsx';
import { bestFit, warnOfLimit } from './short-limit.ts';
import { type GoalPlace, useAgentCosts } from './use-agent-costs.ts';

type AgentSheetProps = {
  agents: AgentChoice[];
  place: GoalPlace;
  options: RunOptions;
  onChange(options: RunOptions): void;
  onClose(): void;
};

const judgements = [
  { value: 'action', label: 'Ask before each act' },
  { value: 'turn', label: 'Show me what came of it' },
] as const;

/** Every agent with what it can, what it cannot, and what it costs; then how the chosen one is overseen. Only its button takes the choice. */
export function AgentSheet({ agents, place, options: taken, onChange, onClose }: AgentSheetProps) {
  const [options, choose] = useState(taken);
  const chosen = agents.find(({ id }) => id === options.agent);
  const { costs, failure } = useAgentCosts(place, options.model.trim());
  const worksWith = costs.get(options.agent)?.estimate;
  const usual = worksWith && 'model' in worksWith ? worksWith.model : null;
  const priceOf = (agent: string) => {
    const cost = costs.get(agent);
    if (!cost) return { basis: '' };
    const { estimate, budget } = cost;
    const basis = describeGoalBasis(estimate, costs.get(otherAgent(estimate))?.estimate);
    return { sum: describeGoalSum(estimate), basis, budget };
  };
  return (
    <Sheet
      title="Who works"
      description="Every agent works in the same sandbox, asks through the same cards and can be taken back."
      onClose={onClose}
      actions={
        <Dialog.Close className={buttonClass('primary')} disabled={chosen ? !chosen.ready : false} onClick={() => onChange(options)}>
          {chosen ? `Work with ${chosen.name}` : 'Let Choir choose'}
        </Dialog.Close>
      }
    >
      <fieldset className="space-y-2">
        <legend className="sr-only">Agent</legend>
        <AgentCard
          name="Best fit"
          about="Choir picks: plain instructions go to the rules, which cost nothing, anything else to a model where one is set up. The thread’s timeline says why."
          {...priceOf(bestFit)}
          sum=""
          checked={options.agent === ''}
          onChoose={() => choose({ ...options, agent: '' })}
        />
        {agents.map((agent) => (
          <AgentCard
            key={agent.id}
            {...agent}
            {...priceOf(agent.id)}
            checked={agent.id === options.agent}
            onChoose={() => choose({ ...options, agent: agent.id })}
          />
        ))}
      </fieldset>
      {failure && <p className="mt-2 text-ink-soft text-xs">What a goal will cost is not known now. {failure}</p>}
      {chosen?.terminal && (
        <div className="mt-5 space-y-1.5">
          <p className="font-medium text-sm">How it is overseen</p>
          <Segments
            legend="How it is overseen"
            name="judgement"
            value={options.judgement}
            options={judgements}
            onChange={(judgement) => choose({ ...options, judgement })}
          />
          <p className="text-ink-soft text-xs">
            {options.judgement === 'turn'
              ? 'It works unasked on a copy; you keep or drop what came of it. What reaches outside still asks first.'
              : 'What the rules do not allow is asked for before it happens.'}
          </p>
        </div>
      )}
      {(!chosen || chosen.usesModel) && (
        <div className="mt-5">
          <Field
            label="Model"
            value={options.model}
            maxLength={200}
            autoComplete="off"
            autoCapitalize="none"
            spellCheck={false}
            placeholder="the usual one"
            hint={`Provider and model, such as ${usual ?? 'anthropic/claude-sonnet-5-5'}. Empty: the agent’s own choice.`}
            onChange={(event) => choose({ ...options, model: event.target.value })}
          />
        </div>
      )}
      <LimitFields limits={options.limits} warning={warnOfLimit(costs, options)} onChange={(limits) => choose({ ...options, limits })} />
    </Sheet>
  );
}
