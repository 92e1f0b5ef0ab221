import { Composer } from 'grammy';
import { defaultAgent } from '#lib/agents/agent-catalog.ts';
import { type PricedAgent, priceAgents } from '#lib/agents/price-agents.ts';
import { DomainError } from '#lib/core/domain-error.ts';
import { sayGoalCost } from '#lib/core/words/describe-goal-cost.ts';
import { createProject } from '#lib/projects/create-project.ts';
import { getProject } from '#lib/projects/get-project.ts';
import { listProjects } from '#lib/projects/list-projects.ts';
import { changeCurrentThread } from '#lib/telegram/chats.ts';
import type { Incoming } from '../../incoming.ts';
import type { ButtonSpec, TapOn } from '../../render/message-spec.ts';
import { bold, fold, lines, paragraphs, rich } from '../../render/rich-text.ts';
import { proseLine } from '../../render/safe-text.ts';
import { targetThread } from '../target-thread.ts';
import { choose, confirm, mark, readChoices } from './choice-menu.ts';
import { fitsAgent } from './models.ts';

const bestFit = 'Best fit';
const listed = 12;

/** Which project the next goals in this chat are about, and who works on them. */
export const choices = new Composer<Incoming>();

choices.command('project', async (incoming) => {
  const wanted = incoming.match.trim();
  const made = /^new\s+(.+)$/is.exec(wanted)?.[1];
  if (made) return chooseProject(incoming, { do: 'project', projectId: (await createProject(incoming.verb, { name: made.trim() })).id });
  if (wanted && !/^new$/i.test(wanted)) return chooseProject(incoming, { do: 'project', projectId: wanted });
  const [projects, chosen] = await Promise.all([listProjects(incoming.verb), readChoices(incoming)]);
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
  if (wanted) return chooseAgent(incoming, { do: 'agent', agent: wanted === bestFit.toLowerCase() ? '' : wanted });
  const { agent } = await readChoices(incoming);
  const agents = await pricedAgents(incoming);
  const ready = agents.filter((agent) => agent.ready);
  const rules = agents.find(({ id }) => id === defaultAgent);
  const notReady = agents.filter((agent) => !agent.ready).map(({ name, whyNot }) => `${name}: ${whyNot}`);
  const buttons = [{ id: '', name: bestFit }, ...ready].map(({ id, name }): ButtonSpec[] => [
    { label: mark(name, id === (agent ?? '')), action: { do: 'agent', agent: id } },
  ]);
  await incoming.say(
    paragraphs(
      bold('Who works on the next goal?'),
      lines(bold(bestFit), 'Choir chooses: rules for what they cover, a model for the rest where one is set up.', rules && sayPrice(rules)),
      ...ready.map((agent) => lines(bold(agent.name), agent.about, sayPrice(agent))),
      notReady.length > 0 && fold(lines('Not ready', ...notReady)),
    ),
    { buttons },
  );
});

export async function chooseProject(incoming: Incoming, { projectId }: TapOn<'project'>): Promise<void> {
  const project = await getProject(incoming.verb, { projectId }).catch((error: unknown) => {
    const isUnknown = error instanceof DomainError && error.code === 'not-found';
    throw isUnknown ? new DomainError('not-found', 'There is no such project. /project lists them, /project new NAME makes one.') : error;
  });
  await choose(incoming, { projectId: project.id });
  await changeCurrentThread(incoming.services, incoming.here.chatId, null);
  await confirm(incoming, rich('New threads are about ', bold(proseLine(project.name, 80)), '. What should be done?'));
}

/** A model that was chosen for another agent goes with it. */
export async function chooseAgent(incoming: Incoming, { agent }: TapOn<'agent'>): Promise<void> {
  const { model } = await readChoices(incoming);
  const chosen = agent === '' ? null : await findAgent(incoming, agent);
  const keepsModel = model === undefined || fitsAgent(incoming, { agent: chosen?.id, model });
  await choose(incoming, { agent: chosen?.id ?? null, ...(keepsModel ? {} : { model: undefined }) });
  await confirm(
    incoming,
    lines(
      chosen ? rich(bold(chosen.name), ' works on the next goals here.') : 'Choir chooses who works on the next goals here.',
      chosen && sayPrice(chosen),
      chosen?.terminal && '/mode says whether it asks for each act or shows what came of a turn.',
      !keepsModel && `The model is its own choice again: it does not work with ${proseLine(model, 60)}.`,
      chosen && chosen.cannot.length > 0 && fold(lines(...chosen.cannot)),
    ),
  );
}

/** The agents with what a goal from here will cost: with the model that was chosen, under the budgets of what it is about. */
async function pricedAgents(incoming: Incoming): Promise<PricedAgent[]> {
  const [{ model, projectId }, thread] = await Promise.all([readChoices(incoming), targetThread(incoming)]);
  return (await priceAgents(incoming.verb, { model, ...(thread ? { threadId: thread } : { projectId }) })).agents;
}

/** Names of models are anybody's. */
function sayPrice({ cost }: PricedAgent): string {
  return proseLine(sayGoalCost(cost), 400);
}

async function findAgent(incoming: Incoming, agent: string): Promise<PricedAgent> {
  const chosen = (await pricedAgents(incoming)).find(({ id, name }) => id === agent || name.toLowerCase() === agent);
  if (!chosen) throw new DomainError('not-found', 'There is no such agent. /agent lists them.');
  if (!chosen.ready) throw new DomainError('conflict', `${chosen.name} is not ready. ${chosen.whyNot}`);
  return chosen;
}
