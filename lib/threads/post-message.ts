import { z } from 'zod';
import { defaultAgent } from '#lib/agents/agent-catalog.ts';
import { authorOf } from '#lib/auth/require-person.ts';
import type { Context } from '#lib/context.ts';
import type { Command } from '#lib/core/decide.ts';
import { runModes } from '#lib/core/event.ts';
import { newId } from '#lib/core/new-id.ts';
import { isActive, type ThreadState } from '#lib/core/state.ts';
import { accepted } from './accepted.ts';
import { askForWorker } from './ask-for-worker.ts';
import { GoalText } from './goal-text.ts';
import { requireThread } from './require-thread.ts';

export const PostMessage = z.object({
  threadId: z.string(),
  text: GoalText,
  mode: z.enum(runModes).optional(),
  dryRun: z.boolean().optional(),
});
export type PostMessage = z.input<typeof PostMessage>;

/** Guidance to the run that is working, else the next goal; a new goal keeps the agent and, unless said otherwise, the mode of the last one. */
export async function postMessage(context: Context, input: PostMessage): Promise<{ runId: string; as: 'guidance' | 'goal' }> {
  const { threadId, text, mode, dryRun } = PostMessage.parse(input);
  const { person } = await requireThread(context, threadId);
  const nextRunId = newId('ru');
  const commands = (state: ThreadState): Command[] => {
    if (isActive(state.run)) return [{ type: 'give-guidance', text }];
    const agent = state.run?.agent ?? defaultAgent;
    return [
      {
        type: 'give-goal',
        runId: nextRunId,
        goal: text,
        agent,
        agentReason: 'same as before',
        mode: mode ?? state.run?.mode ?? 'assisted',
        dryRun: dryRun ?? false,
      },
    ];
  };
  const { events } = accepted(await context.ledger.command(threadId, authorOf(person), commands));
  const first = events[0];
  const runId = first?.runId ?? nextRunId;
  await askForWorker(context, { threadId, runId, key: first?.id ?? runId });
  return { runId, as: first?.type === 'guidance.given' ? 'guidance' : 'goal' };
}
