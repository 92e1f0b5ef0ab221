import type { Make } from '#lib/core/decide/decision.ts';
import type { NewEvent } from '#lib/core/event.ts';
import { givenLimits } from '#lib/core/limits/limit-reached.ts';
import { newId } from '#lib/core/new-id.ts';
import { isBestFit, type RunState } from '#lib/core/state.ts';

/** What a person said to a run that its agent has not heard. The words of a Modify are about what was asked, and end with it. */
export function unheardWords(run: RunState): RunState['guidance'] {
  return run.guidance.filter(({ delivered, approvalId }) => !delivered && approvalId === undefined);
}

/**
 * What a person said to a run and it had not heard when it ended is the next goal, worked on as this one was: the same as if they had said it a moment
 * later.
 */
export function goalOfUnheard(run: RunState, make: Make): NewEvent[] {
  const unheard = unheardWords(run);
  const last = unheard.at(-1);
  if (!last) return [];
  const { agent, mode, dryRun, judgement, model } = run;
  const agentReason = isBestFit(run) ? run.agentReason : 'same as before';
  const goalId = newId('go');
  const runId = newId('ru');
  const goal = unheard.map(({ text }) => text).join('\n\n');
  const attachments = unheard.flatMap((words) => words.attachments ?? []);
  const by = { actor: 'person', agentId: undefined, userId: last.userId, via: last.via } as const;
  const given = make(
    'goal.given',
    {
      goalId,
      text: goal,
      attachments: attachments.length > 0 ? attachments : undefined,
      guidanceIds: unheard.map(({ guidanceId }) => guidanceId),
    },
    runId,
  );
  const queued = make(
    'run.queued',
    { goalId, goal, agent, agentReason, mode, dryRun, limits: givenLimits(run), judgement, ...(model ? { model } : {}) },
    runId,
  );
  return [
    { ...given, ...by },
    { ...queued, ...by },
  ];
}
