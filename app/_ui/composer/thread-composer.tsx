'use client';

import { Square } from 'lucide-react';
import { useState } from 'react';
import { isActive, isBestFit, openApprovals, type RunState } from '#lib/core/state.ts';
import { deviceOutbox } from '../../_live/outbox/device-outbox.ts';
import { request } from '../../_live/request.ts';
import { threadPath } from '../../_live/thread-path.ts';
import { Button } from '../base/button.tsx';
import { Notice } from '../base/notice.tsx';
import { useAction } from '../base/use-action.ts';
import { useThreadActions } from '../thread/thread-context.tsx';
import { AgentChoice } from './agent-choice.tsx';
import { Composer } from './composer.tsx';
import { ModeChoice, modeBody, type WayOfWorking } from './mode-choice.tsx';
import { type AgentChoice as Agent, noOptions, optionsBody, type RunOptions } from './run-options.ts';

/** Says something to the run that works, or gives the thread its next goal; stops the run. */
export function ThreadComposer({ threadId, run, agents }: { threadId: string; run: RunState | null; agents: Agent[] }) {
  const { isDeleted } = useThreadActions();
  const working = isActive(run) && !isDeleted;
  const [way, setWay] = useState<WayOfWorking>(run?.mode ?? 'assisted');
  const kept = run && !isBestFit(run) ? run.agent : '';
  const [chosen, setChosen] = useState<RunOptions | null>(null);
  const options = chosen ?? noOptions(kept);
  const stop = useAction();
  const isTerminalAsking = openApprovals({ run }).some(({ kind }) => kind === 'prompt');
  const path = threadPath(threadId);

  return (
    <div className="space-y-2">
      {working && stop.failure && <Notice>{stop.failure}</Notice>}
      {isTerminalAsking && (
        <p className="px-1 text-ink-soft text-sm">Answer the program in its card above. Words from here come after that.</p>
      )}
      <Composer
        draftKey={threadId}
        threadId={threadId}
        isClosed={isDeleted}
        label={working ? 'Guidance for the agent' : 'Next goal'}
        placeholder={isDeleted ? 'Nothing can be said here any more' : working ? 'Tell the agent something …' : 'What next?'}
        send={(said, files, onKept) => {
          const choices = { ...modeBody(way), ...optionsBody(options, kept) };
          const body = working ? said : { ...said, ...choices };
          return deviceOutbox().send(
            { path: `${path}/messages`, body, words: said.text, files, about: { kind: 'message', threadId } },
            onKept,
          );
        }}
        options={
          isDeleted ? null : working ? (
            <Button
              look="quiet"
              busy={stop.busy}
              onClick={() => stop.act(() => request(`${path}/cancel`, { method: 'POST' }))}
              className="rounded-full px-3"
            >
              <Square className="size-3.5 fill-current" aria-hidden />
              {stop.busy ? 'Stopping' : 'Stop'}
            </Button>
          ) : (
            <>
              <ModeChoice way={way} onChange={setWay} />
              <AgentChoice agents={agents} place={{ threadId }} options={options} onChange={setChosen} />
            </>
          )
        }
      />
    </div>
  );
}
