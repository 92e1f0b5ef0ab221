'use client';

import { Dialog } from '@base-ui/react/dialog';
import { buttonClass } from '../base/button.tsx';
import { Field } from '../base/field.tsx';
import { Segments } from '../base/segments.tsx';
import { Sheet } from '../base/sheet.tsx';
import type { AgentChoice, RunOptions } from '../composer/run-options.ts';
import { LimitFields } from './limit-fields.tsx';

type AgentSheetProps = { agents: AgentChoice[]; options: RunOptions; onChange(options: RunOptions): void; onClose(): void };

const judgements = [
  { value: 'action', label: 'Ask before each act' },
  { value: 'turn', label: 'Show me what came of it' },
] as const;

/** Every agent with what it can, what it cannot, and what it costs; then how the chosen one is overseen. */
export function AgentSheet({ agents, options, onChange, onClose }: AgentSheetProps) {
  const chosen = agents.find(({ id }) => id === options.agent);
  return (
    <Sheet
      title="Who works"
      description="Every agent works in the same sandbox, asks through the same cards and can be taken back."
      onClose={onClose}
      actions={
        <Dialog.Close className={buttonClass('primary')} disabled={chosen ? !chosen.ready : false}>
          {chosen ? `Work with ${chosen.name}` : 'Let Choir choose'}
        </Dialog.Close>
      }
    >
      <fieldset className="space-y-2">
        <legend className="sr-only">Agent</legend>
        <AgentCard
          name="Best fit"
          about="Choir picks: plain instructions go to the rules, anything else to a model where one is set up. The thread’s timeline says why."
          checked={options.agent === ''}
          onChoose={() => onChange({ ...options, agent: '' })}
        />
        {agents.map((agent) => (
          <AgentCard
            key={agent.id}
            {...agent}
            checked={agent.id === options.agent}
            onChoose={() => onChange({ ...options, agent: agent.id })}
          />
        ))}
      </fieldset>
      {chosen?.terminal && (
        <div className="mt-5 space-y-1.5">
          <p className="font-medium text-sm">How it is overseen</p>
          <Segments
            legend="How it is overseen"
            name="judgement"
            value={options.judgement}
            options={judgements}
            onChange={(judgement) => onChange({ ...options, judgement })}
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
            hint="Provider and model, such as anthropic/claude-sonnet-5. Empty: the agent's own choice."
            onChange={(event) => onChange({ ...options, model: event.target.value })}
          />
        </div>
      )}
      <LimitFields limits={options.limits} onChange={(limits) => onChange({ ...options, limits })} />
    </Sheet>
  );
}

type AgentCardProps = { name: string; about: string; checked: boolean; onChoose(): void } & Partial<AgentChoice>;

function AgentCard({ name, about, checked, onChoose, can, cannot = [], estimate, ready = true, whyNot, installs }: AgentCardProps) {
  const details = [can, ...cannot, installs].filter(Boolean);
  return (
    <label className="flex cursor-pointer gap-3 rounded-card border border-line px-4 py-3 has-checked:border-accent has-checked:bg-accent-soft has-focus-visible:outline-2 has-focus-visible:outline-accent">
      <input type="radio" name="agent" checked={checked} onChange={onChoose} className="mt-1 size-4 shrink-0 accent-accent" />
      <span className="contained min-w-0 flex-1 space-y-0.5 text-sm">
        <span className="flex flex-wrap items-baseline justify-between gap-x-2">
          <span className="shrink-0 font-semibold">{name}</span>
          {estimate && <span className="text-ink-soft text-xs">{estimate}</span>}
        </span>
        <span className="block text-ink-soft">{about}</span>
        {checked &&
          details.map((sentence) => (
            <span key={sentence} className="block text-ink-soft text-xs">
              {sentence}
            </span>
          ))}
        {!ready && <span className="block text-warn text-xs">{whyNot}</span>}
      </span>
    </label>
  );
}
