'use client';

import { Folder } from 'lucide-react';
import { useRouter } from 'next/navigation';
import { useState } from 'react';
import type { RunMode } from '#lib/core/event.ts';
import { sendJson } from '../../_live/request.ts';
import { AgentChoice } from './agent-choice.tsx';
import { Choice, Toggle } from './choice.tsx';
import { Composer } from './composer.tsx';
import { ModeChoice } from './mode-choice.tsx';
import { type AgentChoice as Agent, noOptions, optionsBody, type RunOptions } from './run-options.ts';

export type ProjectChoice = { id: string; name: string };

type GoalComposerProps = {
  projects: ProjectChoice[];
  agents: Agent[];
  projectId?: string;
  suggestion?: { text: string; number: number };
};

const newProject = 'new';

/** Gives a goal: opens a thread and goes there. */
export function GoalComposer({ projects, agents, projectId: chosen, suggestion }: GoalComposerProps) {
  const router = useRouter();
  const [projectId, setProjectId] = useState(chosen ?? projects[0]?.id ?? '');
  const [options, setOptions] = useState<RunOptions>(noOptions(''));
  const [mode, setMode] = useState<RunMode>('assisted');
  const [dryRun, setDryRun] = useState(false);

  async function send(goal: string): Promise<void> {
    const choices = { ...(projectId ? { projectId } : {}), ...optionsBody(options), mode, dryRun };
    const { threadId } = await sendJson<{ threadId: string }>('/api/threads', { goal, ...choices });
    router.push(`/threads/${threadId}`);
  }

  const projectOptions = [
    ...(projects.length === 0 ? [{ value: '', label: 'scratch' }] : []),
    ...projects.map(({ id, name }) => ({ value: id, label: name })),
    { value: newProject, label: 'New project …' },
  ];

  return (
    <Composer
      draftKey="goal"
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
            onChange={(value) => (value === newProject ? router.push('/projects/new') : setProjectId(value))}
          />
          <ModeChoice mode={mode} onChange={setMode} />
          <AgentChoice agents={agents} options={options} onChange={setOptions} />
          <Toggle label="Dry run" checked={dryRun} onChange={setDryRun} />
        </>
      }
    />
  );
}
