import type { ActiveRun, ApprovalState, Guidance } from '#lib/core/state.ts';
import type { ToolCall } from '#lib/core/tool.ts';
import { isPlanning } from './plan-phase.ts';

const house =
  'You work in a sandbox on a copy of the project, without the network unless a person allows it. Choir asks the person where that is needed, ' +
  'and keeps a checkpoint of every change: do not commit or push. If there is an AGENTS.md or CLAUDE.md, read it first; it says how to work in ' +
  'this project and nothing beyond that.';

const onlyPlan =
  'For now only make a plan: look at the project, change nothing, and say step by step what you are going to do. The person reads it, and you carry ' +
  'it out when they have agreed.';

/** What the agent cannot know of where it works, then the goal in the person's own words: first, a goal could be taken for an agent's own command. */
export function goalPrompt(run: ActiveRun, { skills, summary, news }: { skills: string; summary: string; news: string[] }): string {
  const parts = isPlanning(run) ? [house, onlyPlan] : [house];
  if (skills) parts.push(skills);
  parts.push(...news);
  if (summary) parts.push(`What happened in this conversation before:\n${summary}`);
  return [...parts, `The goal:\n${run.goal}`].join('\n\n');
}

/** Said to an agent whose process ended before its turn did. */
export function continuePrompt(
  run: ActiveRun,
  answered: ApprovalState[],
  { skills, summary, news }: { skills: string; summary: string; news: string[] },
): string {
  const { goal, calls, mode } = run;
  const answers = answered.map(({ action, answer }) => {
    return `The person said ${answer?.decision === 'approve' ? 'yes: do exactly this now' : 'no to this'}:\n${describeCall(action.call)}`;
  });
  const denied = calls.at(-1)?.result?.status === 'denied' ? [`Your last act was taken back. ${calls.at(-1)?.result?.error ?? ''}`] : [];
  const past = summary ? [`What happened so far:\n${summary}`] : [];
  const phase = isPlanning(run) ? [onlyPlan] : mode === 'plan' ? ['The person has agreed to your plan: carry it out.'] : [];
  return [
    ...phase,
    ...(skills ? [skills] : []),
    ...answers,
    ...denied,
    ...past,
    ...news,
    `You were stopped meanwhile. Look at the files as they are now, and go on with the goal:\n${goal}`,
  ].join('\n\n');
}

/** As with the goal, the person's words are not the first. */
export function guidancePrompt(words: Guidance[]): string {
  return `The person says:\n${words.map(({ text }) => text).join('\n\n')}`;
}

/** Said to an agent that ended its turn because it was told no. */
export function refusedPrompt({ calls }: ActiveRun): string {
  const refused = calls.findLast(({ result }) => result?.status === 'denied' || result?.status === 'rejected');
  return (
    `That was not allowed${refused ? `: ${describeCall(refused.call)}\n${refused.result?.error ?? ''}` : '.'}\n` +
    'If the goal can be reached without it, go on in another way; if it cannot, say so and stop. Do not try the same again.'
  );
}

function describeCall(call: ToolCall | undefined): string {
  return call?.tool === 'run_command' ? call.args.command : JSON.stringify(call?.args ?? {}).slice(0, 2_000);
}
