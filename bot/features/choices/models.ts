import { Composer } from 'grammy';
import { z } from 'zod';
import { describeAgent } from '#lib/agents/agent-catalog.ts';
import { defaultModels } from '#lib/agents/default-models.ts';
import { missingKey } from '#lib/agents/list-agents.ts';
import { DomainError } from '#lib/core/domain-error.ts';
import { providerIds } from '#lib/core/model-call.ts';
import { chooseRun, RunChoice } from '#lib/threads/choose-run.ts';
import type { Incoming } from '../../incoming.ts';
import type { ButtonSpec, TapOn } from '../../render/message-spec.ts';
import { bold, code, lines, rich } from '../../render/rich-text.ts';
import { exactLine } from '../../render/safe-text.ts';
import { choose, confirm, mark, readChoices } from './choice-menu.ts';

const usual = 'The usual one';
const Model = z.object({ model: RunChoice.shape.model });

/** Which model the next goals in this chat are worked on with. */
export const models = new Composer<Incoming>();

models.command('model', async (incoming) => {
  const wanted = incoming.match.trim();
  if (wanted) return chooseModel(incoming, { do: 'model', model: /^(?:the )?usual(?: one)?$/i.test(wanted) ? '' : wanted });
  const configured = incoming.services.models.providers;
  if (configured.length === 0) throw new DomainError('conflict', `No model is set up here. ${missingKey(providerIds)}`);
  const { agent, model: chosen = '' } = await readChoices(incoming);
  const worker = agent ? describeAgent(agent) : undefined;
  if (worker?.providers.length === 0)
    throw new DomainError('invalid', `${worker.name} works without a model. /agent chooses another agent.`);
  const offered = configured
    .map((provider) => `${provider}/${defaultModels[provider]}`)
    .filter((model) => fitsAgent(incoming, { agent, model }));
  const button = (label: string, model: string): ButtonSpec[] => [{ label: mark(label, model === chosen), action: { do: 'model', model } }];
  await incoming.say(
    lines(
      bold('Which model works on the next goals?'),
      rich('Any other: ', code('/model PROVIDER/MODEL'), `. The provider is ${configured.join(' or ')}.`),
    ),
    {
      buttons: [button(usual, ''), ...new Set([...offered, ...(chosen ? [chosen] : [])])].map((row) =>
        typeof row === 'string' ? button(exactLine(row, 60), row) : row,
      ),
    },
  );
});

/** '' leaves it to the agent. Throws when the model is not set up, or is none of the chosen agent's. */
export async function chooseModel(incoming: Incoming, { model: wanted }: TapOn<'model'>): Promise<void> {
  const { model } = Model.parse({ model: wanted || undefined });
  const { agent } = await readChoices(incoming);
  if (model) chooseRun({ agent, model }, incoming.services.models);
  await choose(incoming, { model });
  await confirm(
    incoming,
    model
      ? rich(bold(exactLine(model, 200)), ' works on the next goals here.')
      : rich('The agent’s own choice of model works on the next goals here.'),
  );
}

/** Whether an agent works with this model, as things are set up here. */
export function fitsAgent({ services }: Incoming, choice: { agent?: string | null; model: string }): boolean {
  try {
    chooseRun(choice, services.models);
    return true;
  } catch (error) {
    if (error instanceof DomainError) return false;
    throw error;
  }
}
