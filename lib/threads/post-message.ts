import { z } from 'zod';
import { addAttachments } from '#lib/attachments/add-attachments.ts';
import { type Attachment, nameAttachments } from '#lib/attachments/attachments.ts';
import { authorOf } from '#lib/auth/require-person.ts';
import type { Context } from '#lib/context.ts';
import type { Command } from '#lib/core/decide.ts';
import { newId } from '#lib/core/new-id.ts';
import { RequestId } from '#lib/core/request-id.ts';
import { isActive, type ThreadState } from '#lib/core/state.ts';
import type { Caused } from '#lib/ledger/find-caused.ts';
import { accepted } from './accepted.ts';
import { askForWorker } from './ask-for-worker.ts';
import { type ChosenRun, chooseRun, RunChoice, requireFit } from './choose-run.ts';
import { GoalText } from './goal-text.ts';
import { requireThread } from './require-thread.ts';
import { placeOf, takeOnce } from './take-once.ts';

export const PostMessage = z.object({
  threadId: z.string(),
  text: GoalText,
  requestId: RequestId,
  ...RunChoice.shape,
});
export type PostMessage = z.input<typeof PostMessage>;

/**
 * `attachments` are put into the tree first; `placed` are paths of files of this person that lie there already and belong to the words too. `nextGoal`
 * is chosen for whatever becomes a goal: unlike what the words name themselves, it is nothing that a run which works would have to have.
 */
export type Along = { attachments?: Attachment[]; placed?: string[]; nextGoal?: RunChoice };
type Posted = { runId: string; as: 'guidance' | 'goal' };

/**
 * Guidance to the run that is working, else the next goal; a new goal keeps what the last one had, unless said otherwise. Throws `conflict` when a run
 * that works already would be another by what the words name, or the agent is not ready; then nothing was put into the tree either.
 */
export async function postMessage(
  context: Context,
  input: PostMessage,
  { attachments = [], placed = [], nextGoal = {} }: Along = {},
): Promise<Posted> {
  const { requestId, threadId, text, ...named } = PostMessage.parse(input);
  const chosenIn = ({ run }: ThreadState): ChosenRun | null => {
    if (!isActive(run)) return chooseRun({ ...nextGoal, ...named }, context.models, run);
    requireFit(named, run);
    return null;
  };
  const again = (caused: Caused[]): Posted => ({
    runId: placeOf(caused).runId,
    as: caused[0]?.type === 'guidance.given' ? 'guidance' : 'goal',
  });
  const work = async (once: Context): Promise<Posted> => {
    if (attachments.length > 0) chosenIn((await requireThread(context, threadId)).state);
    // With the plain context: a request whose files were kept, but whose words were not, was not taken.
    const added = attachments.length > 0 ? await addAttachments(context, { threadId, attachments }) : [];
    const paths = [...placed, ...added];
    return post(once, { threadId, text, attachments: paths.length > 0 ? paths : undefined, chosenIn });
  };
  return takeOnce(context, { requestId, causes: ['goal.given', 'guidance.given'], threadId, work, again });
}

type Post = { threadId: string; text: string; attachments: string[] | undefined; chosenIn(state: ThreadState): ChosenRun | null };

async function post(context: Context, { threadId, text, attachments, chosenIn }: Post): Promise<Posted> {
  const { person } = await requireThread(context, threadId);
  const nextRunId = newId('ru');
  const commands = (state: ThreadState): Command[] => {
    const chosen = chosenIn(state);
    const words = nameAttachments(text, attachments, chosen?.agent ?? state.run?.agent ?? '');
    return chosen
      ? [{ type: 'give-goal', runId: nextRunId, goal: words, attachments, ...chosen }]
      : [{ type: 'give-guidance', text: words, attachments }];
  };
  const { events } = accepted(await context.ledger.command(threadId, authorOf(person), commands));
  const first = events[0];
  const runId = first?.runId ?? nextRunId;
  await askForWorker(context, { threadId, runId, key: first?.id ?? runId });
  return { runId, as: first?.type === 'guidance.given' ? 'guidance' : 'goal' };
}
