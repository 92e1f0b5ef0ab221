import { Composer } from 'grammy';
import { listAgents } from '#lib/agents/list-agents.ts';
import { DomainError } from '#lib/core/domain-error.ts';
import { type RunMode, runModes } from '#lib/core/event.ts';
import { createProject } from '#lib/projects/create-project.ts';
import { getProject } from '#lib/projects/get-project.ts';
import { listProjects } from '#lib/projects/list-projects.ts';
import { changeChat, readChat, type TelegramChoices } from '#lib/telegram/chats.ts';
import type { Incoming } from '../incoming.ts';
import type { ButtonSpec, TapOn } from '../render/message-spec.ts';
import { bold, fold, lines, paragraphs, type RichText, rich } from '../render/rich-text.ts';
import { proseLine } from '../render/safe-text.ts';

const modeWords: Record<RunMode, string> = {
  plan: 'shows the plan and waits for your yes',
  assisted: 'works, and asks before what is risky',
  autonomous: 'works within its limits, and asks as little as it may',
};
const listed = 12;

/** What holds for the next goals in this chat. */
export const choices = new Composer<Incoming>();

choices.command('project', async (incoming) => {
  const wanted = incoming.match.trim();
  const made = /^new\s+(.+)$/is.exec(wanted)?.[1];
  if (made) return chooseProject(incoming, { do: 'project', projectId: (await createProject(incoming.verb, { name: made.trim() })).id });
  if (wanted && !/^new$/i.test(wanted)) return chooseProject(incoming, { do: 'project', projectId: wanted });
  const [projects, { choices: chosen }] = await Promise.all([
    listProjects(incoming.verb),
    readChat(incoming.services, incoming.here.chatId),
  ]);
  const buttons = projects
    .slice(0, listed)
    .map(({ id, name }): ButtonSpec[] => [
      { label: mark(proseLine(name, 50), id === chosen.projectId), action: { do: 'project', projectId: id } },
    ]);
  await incoming.say(
    lines(
      bold('Which project are new threads about?'),
      projects.length > listed && '/project NAME chooses one that is not shown.',
      '/project new NAME makes one.',
    ),
    { buttons },
  );
});

choices.command('agent', async (incoming) => {
  const wanted = incoming.match.trim().toLowerCase();
  if (wanted) return chooseAgent(incoming, { do: 'agent', agent: wanted });
  const { agents, defaultAgent } = listAgents(incoming.verb);
  const { choices: chosen } = await readChat(incoming.services, incoming.here.chatId);
  const shown = agents.filter(({ ready }) => ready).map(({ name, about }) => lines(bold(name), about));
  const notReady = agents.filter(({ ready }) => !ready).map(({ name, whyNot }) => `${name}: ${whyNot}`);
  const buttons = agents
    .filter(({ ready }) => ready)
    .map(({ id, name }): ButtonSpec[] => [
      { label: mark(name, id === (chosen.agent ?? defaultAgent)), action: { do: 'agent', agent: id } },
    ]);
  await incoming.say(
    paragraphs(bold('Who works on the next goal?'), ...shown, notReady.length > 0 && fold(lines('Not ready', ...notReady))),
    { buttons },
  );
});

choices.command('mode', async (incoming) => {
  const wanted = runModes.find((mode) => mode === incoming.match.trim().toLowerCase());
  if (wanted) return chooseMode(incoming, { do: 'mode', mode: wanted });
  const { choices: chosen } = await readChat(incoming.services, incoming.here.chatId);
  const buttons = [
    runModes.map((mode): ButtonSpec => ({ label: mark(mode, mode === (chosen.mode ?? 'assisted')), action: { do: 'mode', mode } })),
  ];
  await incoming.say(lines(bold('How much should it ask?'), ...runModes.map((mode) => rich(bold(mode), `: ${modeWords[mode]}`))), {
    buttons,
  });
});

export async function chooseProject(incoming: Incoming, { projectId }: TapOn<'project'>): Promise<void> {
  const project = await getProject(incoming.verb, { projectId }).catch((error: unknown) => {
    const isUnknown = error instanceof DomainError && error.code === 'not-found';
    throw isUnknown ? new DomainError('not-found', 'There is no such project. /project lists them, /project new NAME makes one.') : error;
  });
  await choose(incoming, { projectId: project.id });
  await changeChat(incoming.services, incoming.here.chatId, { currentThreadId: null });
  await confirm(incoming, rich('New threads are about ', bold(proseLine(project.name, 80)), '. What should be done?'));
}

export async function chooseAgent(incoming: Incoming, { agent }: TapOn<'agent'>): Promise<void> {
  const chosen = listAgents(incoming.verb).agents.find(({ id, name }) => id === agent || name.toLowerCase() === agent);
  if (!chosen) throw new DomainError('not-found', 'There is no such agent. /agent lists them.');
  if (!chosen.ready) throw new DomainError('conflict', `${chosen.name} is not ready. ${chosen.whyNot}`);
  await choose(incoming, { agent: chosen.id });
  await confirm(incoming, rich(bold(chosen.name), ' works on the next goals here.'));
}

export async function chooseMode(incoming: Incoming, { mode }: TapOn<'mode'>): Promise<void> {
  await choose(incoming, { mode });
  await confirm(incoming, rich(bold(mode), `: the next run ${modeWords[mode]}.`));
}

async function choose({ services, here }: Incoming, change: TelegramChoices): Promise<void> {
  const { choices: before } = await readChat(services, here.chatId);
  await changeChat(services, here.chatId, { choices: { ...before, ...change } });
}

async function confirm(incoming: Incoming, content: RichText): Promise<void> {
  if (incoming.callbackQuery) await incoming.showInstead(content);
  else await incoming.say(content);
}

function mark(label: string, chosen: boolean): string {
  return chosen ? `✓ ${label}` : label;
}
