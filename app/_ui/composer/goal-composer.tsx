'use client';

import { Folder } from 'lucide-react';
import { useRouter } from 'next/navigation';
import { useEffect, useState } from 'react';
import { deviceOutbox } from '../../_live/outbox/device-outbox.ts';
import { useOutbox } from '../../_live/outbox/use-outbox.ts';
import type { Uploaded } from '../../_live/upload-file.ts';
import { Choice } from '../base/choice.tsx';
import { AgentChoice } from './agent-choice.tsx';
import { Composer, type Said } from './composer.tsx';
import { ModeChoice, modeBody, type WayOfWorking } from './mode-choice.tsx';
import { type AgentChoice as Agent, noOptions, optionsBody, type RunOptions } from './run-options.ts';

export type ProjectChoice = { id: string; name: string };

type GoalComposerProps = {
  projects: ProjectChoice[];
  agents: Agent[];
  projectId?: string;
  suggestion?: { text: string; number: number; files?: readonly File[] };
};

const draftKey = 'goal';
const newProject = 'new';
const setUp = 'set-up';

/** Gives a goal: opens a thread and goes there. */
export function GoalComposer({ projects, agents, projectId: chosen, suggestion }: GoalComposerProps) {
  const router = useRouter();
  const [projectId, setProjectId] = useState(chosen ?? projects[0]?.id ?? '');
  const [options, setOptions] = useState<RunOptions>(noOptions(''));
  const [way, setWay] = useState<WayOfWorking>('assisted');
  const [waitsFor, setWaitsFor] = useState('');
  const { outbox, arrivals } = useOutbox();

  useEffect(() => {
    const arrival = arrivals.find(({ id }) => id === waitsFor);
    if (!outbox || !arrival || isBusy()) return;
    void outbox.forget(arrival);
    router.push(`/threads/${arrival.threadId}`);
  }, [outbox, arrivals, waitsFor, router]);

  async function send({ text: goal, attachments }: Said, files: readonly Uploaded[], onKept: () => void): Promise<void> {
    const choices = { ...(projectId ? { projectId } : {}), ...optionsBody(options), ...modeBody(way) };
    const entry = { path: '/api/threads', body: { goal, attachments, ...choices }, words: goal, files, about: { kind: 'goal' } } as const;
    const sent = await deviceOutbox().send(entry, onKept);
    if (sent.state === 'sent') router.push(`/threads/${(sent.reply as { threadId: string }).threadId}`);
    else setWaitsFor(sent.id);
  }

  const projectOptions = [
    ...(projects.length === 0 ? [{ value: '', label: 'scratch' }] : []),
    ...projects.map(({ id, name }) => ({ value: id, label: name })),
    ...(projectId ? [{ value: setUp, label: `Set up ${projects.find(({ id }) => id === projectId)?.name ?? 'it'} …` }] : []),
    { value: newProject, label: 'New project …' },
  ];

  function choose(value: string): void {
    if (value === newProject) router.push('/projects/new');
    else if (value === setUp) router.push(`/projects/${projectId}`);
    else setProjectId(value);
  }

  return (
    <Composer
      draftKey={draftKey}
      label="Goal"
      placeholder="What should be done?"
      rows={2}
      focusFirst
      suggestion={suggestion}
      send={send}
      options={
        <>
          <Choice
            label="Project"
            icon={<Folder className="size-4 shrink-0" aria-hidden />}
            value={projectId}
            options={projectOptions}
            onChange={choose}
            isTight
            // Its name is anybody's and gives way first, so that the others stay whole.
            className="shrink-[9999]"
          />
          <ModeChoice way={way} onChange={setWay} />
          <AgentChoice agents={agents} place={{ projectId }} options={options} onChange={setOptions} />
        </>
      }
    />
  );
}

/** Whoever says the next thing already, or chooses for it, stays where they are. */
function isBusy(): boolean {
  const field = document.getElementById(draftKey) as HTMLTextAreaElement | null;
  return Boolean(field?.value) || document.querySelector('[role=dialog]') !== null;
}
