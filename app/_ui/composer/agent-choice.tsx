'use client';

import { Bot, ChevronDown } from 'lucide-react';
import { Suspense, useState } from 'react';
import { lazyPart } from '../base/lazy-part.ts';
import type { GoalPlace } from '../sheets/use-agent-costs.ts';
import type { AgentChoice as Agent, RunOptions } from './run-options.ts';

const AgentSheet = lazyPart(async () => (await import('../sheets/agent-sheet.tsx')).AgentSheet);

type AgentChoiceProps = { agents: Agent[]; place: GoalPlace; options: RunOptions; onChange(options: RunOptions): void };

/** Who works: its name in the row of choices, everything about it in a sheet. */
export function AgentChoice({ onChange, ...shown }: AgentChoiceProps) {
  const [open, setOpen] = useState(false);
  const { agents, options } = shown;
  const chosen = agents.find(({ id }) => id === options.agent);
  const bounded = Object.keys(options.limits).length > 0 || options.judgement === 'turn';
  return (
    <>
      <button
        type="button"
        onClick={() => setOpen(true)}
        aria-haspopup="dialog"
        className="inline-flex min-h-11 min-w-0 max-w-full items-center gap-1.5 rounded-full px-2 text-ink-soft text-sm hover:bg-sunken hover:text-ink sm:px-2.5"
      >
        <Bot className="size-4 shrink-0" aria-hidden />
        <span className="sr-only">Agent:</span>
        <span className="max-w-36 truncate">{chosen?.name ?? 'Best fit'}</span>
        {/* On a phone its dot says so, or the project's name had no place. */}
        {bounded && <span className="shrink-0 overflow-hidden whitespace-nowrap text-xs max-sm:w-1">· bounded</span>}
        <ChevronDown className="size-3.5 shrink-0 max-sm:hidden" aria-hidden />
      </button>
      <Suspense>{open && <AgentSheet {...shown} onChange={onChange} onClose={() => setOpen(false)} />}</Suspense>
    </>
  );
}
