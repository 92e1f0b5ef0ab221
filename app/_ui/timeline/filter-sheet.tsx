'use client';

import { type FormEvent, type ReactNode, useId } from 'react';
import { type EventKind, eventKinds } from '#lib/core/event-kind.ts';
import { agentName } from '#lib/core/words/agent-name.ts';
import { Button } from '../base/button.tsx';
import { Field } from '../base/field.tsx';
import { Sheet } from '../base/sheet.tsx';
import { kindWords } from './kind-words.ts';
import type { TimelineFilter } from './timeline-filter.ts';

type FilterSheetProps = {
  filter: TimelineFilter;
  agents: string[];
  files: string[];
  onApply(filter: TimelineFilter): void;
  onClose(): void;
};

/** What of the ledger to show. The words to look for stand outside, in the bar. */
export function FilterSheet({ filter, agents, files, onApply, onClose }: FilterSheetProps) {
  const formId = useId();
  const filesId = useId();

  function apply(event: FormEvent<HTMLFormElement>): void {
    event.preventDefault();
    const form = new FormData(event.currentTarget);
    const value = (name: string) => String(form.get(name) ?? '').trim() || undefined;
    const instant = (name: string) => {
      const local = value(name);
      return local === undefined ? undefined : new Date(local).toISOString();
    };
    onApply({
      text: filter.text,
      kind: value('kind') as EventKind | undefined,
      agent: value('agent'),
      file: value('file'),
      since: instant('since'),
      until: instant('until'),
    });
    onClose();
  }

  return (
    <Sheet
      title="Show only"
      onClose={onClose}
      actions={
        <>
          <Button type="submit" form={formId} look="primary" className="w-full">
            Show
          </Button>
          <Button
            className="w-full"
            onClick={() => {
              onApply({});
              onClose();
            }}
          >
            Show everything
          </Button>
        </>
      }
    >
      <form id={formId} onSubmit={apply} className="space-y-4">
        <Choice label="Kind" name="kind" value={filter.kind} everything="Every kind">
          {eventKinds.map((kind) => (
            <option key={kind} value={kind}>
              {kindWords[kind]}
            </option>
          ))}
        </Choice>
        <Choice label="Agent" name="agent" value={filter.agent} everything="Everybody">
          {agents.map((agent) => (
            <option key={agent} value={agent}>
              {agentName(agent)}
            </option>
          ))}
        </Choice>
        <Field
          label="File"
          name="file"
          defaultValue={filter.file}
          list={filesId}
          placeholder="src/basket.ts"
          autoComplete="off"
          spellCheck={false}
        />
        <datalist id={filesId}>
          {files.map((file) => (
            <option key={file} value={file} />
          ))}
        </datalist>
        <div className="grid gap-4 sm:grid-cols-2">
          <Field label="From" name="since" type="datetime-local" defaultValue={localTime(filter.since)} />
          <Field label="Until" name="until" type="datetime-local" defaultValue={localTime(filter.until)} />
        </div>
      </form>
    </Sheet>
  );
}

type ChoiceProps = { label: string; name: string; value: string | undefined; everything: string; children: ReactNode };

function Choice({ label, name, value, everything, children }: ChoiceProps) {
  const id = useId();
  return (
    <div className="space-y-1.5">
      <label htmlFor={id} className="font-medium text-sm">
        {label}
      </label>
      <select
        id={id}
        name={name}
        defaultValue={value ?? ''}
        className="min-h-12 w-full rounded-control border border-line-strong bg-raised px-3"
      >
        <option value="">{everything}</option>
        {children}
      </select>
    </div>
  );
}

/** An instant as `datetime-local` writes it, in this device's zone. */
export function localTime(instant: string | undefined): string | undefined {
  if (instant === undefined) return undefined;
  const at = new Date(instant);
  return new Date(at.getTime() - at.getTimezoneOffset() * 60_000).toISOString().slice(0, 16);
}
