import { Composer } from 'grammy';
import { agentPrograms } from '#lib/agents/agent-programs.ts';
import type { Judgement } from '#lib/core/limits/run-limits.ts';
import type { Incoming } from '../../incoming.ts';
import { type ButtonSpec, type ChatMode, chatModes, type TapOn } from '../../render/message-spec.ts';
import { bold, lines, paragraphs, rich } from '../../render/rich-text.ts';
import { choose, confirm, mark, readChoices } from './choice-menu.ts';

const modeWords: Record<ChatMode, string> = {
  plan: 'shows the plan and waits for your yes',
  assisted: 'works, and asks before what is risky',
  autonomous: 'works within its limits, and asks as little as it may',
  'dry run': 'shows all that it would do, and keeps it only with your yes',
};
const judgements: Record<Judgement, { label: string; words: string }> = {
  action: { label: 'each act', words: 'asks for each act that the rules do not allow' },
  turn: {
    label: 'each turn',
    words: 'works unasked on a copy, and you keep or drop what came of it. What reaches outside still asks first',
  },
};

/** How much the next runs in this chat ask. */
export const modes = new Composer<Incoming>();

modes.command('mode', async (incoming) => {
  const wanted = incoming.match
    .trim()
    .toLowerCase()
    .replaceAll(/[\s-]+/g, ' ');
  const mode = chatModes.find((known) => known === wanted);
  if (mode) return chooseMode(incoming, { do: 'mode', mode });
  const judgement = (['action', 'turn'] as const).find((known) => judgements[known].label === wanted);
  if (judgement) return chooseJudgement(incoming, { do: 'judge', judgement });
  const chosen = await readChoices(incoming);
  const isChosen = (known: ChatMode) => known === (chosen.dryRun ? 'dry run' : (chosen.mode ?? 'assisted'));
  const button = (known: ChatMode): ButtonSpec => ({ label: mark(known, isChosen(known)), action: { do: 'mode', mode: known } });
  const ofProgram = chosen.agent && chosen.agent in agentPrograms;
  const judged = (known: Judgement): ButtonSpec => ({
    label: mark(judgements[known].label, known === (chosen.judgement ?? 'action')),
    action: { do: 'judge', judgement: known },
  });
  await incoming.say(
    paragraphs(
      lines(bold('How much should it ask?'), ...chatModes.map((known) => rich(bold(known), `: ${modeWords[known]}`))),
      ofProgram &&
        lines(
          bold('And of what it does in its own process?'),
          ...(['action', 'turn'] as const).map((known) => rich(bold(judgements[known].label), `: ${judgements[known].words}`)),
        ),
    ),
    {
      buttons: [
        chatModes.slice(0, 2).map(button),
        chatModes.slice(2).map(button),
        ...(ofProgram ? [[judged('action'), judged('turn')]] : []),
      ],
    },
  );
});

export async function chooseMode(incoming: Incoming, { mode }: TapOn<'mode'>): Promise<void> {
  const isDry = mode === 'dry run';
  await choose(incoming, { mode: isDry ? 'assisted' : mode, dryRun: isDry || undefined });
  await confirm(incoming, rich(bold(mode), `: the next run ${modeWords[mode]}.`));
}

export async function chooseJudgement(incoming: Incoming, { judgement }: TapOn<'judge'>): Promise<void> {
  await choose(incoming, { judgement });
  const { label, words } = judgements[judgement];
  await confirm(incoming, rich(bold(label), `: an agent with a process of its own, such as Claude Code, ${words}.`));
}
