import type { RunMode } from '#lib/core/event.ts';
import type { ThreadState } from '#lib/core/state.ts';
import { otherAgent, sayGoalCost } from '#lib/core/words/describe-goal-cost.ts';
import { CliError } from './cli-error.ts';
import type { Session } from './command.ts';
import { readThread } from './find-thread.ts';
import { priceAgents } from './price-agents.ts';
import { cleanLine } from './render/clean-text.ts';
import type { RunChoice } from './run-options.ts';

export type Goal = {
  words: string[];
  project?: string;
  thread?: string;
  choice: RunChoice & { mode?: RunMode; dryRun: boolean };
};
export type Given = { threadId: string; runId: string; from?: ThreadState };

/** Gives the goal: in a new thread, or as the next words of `thread`. The single word `-` reads it from stdin. */
export async function giveGoal(session: Session, { words, project, thread, choice }: Goal): Promise<Given> {
  const { client, terminal } = session;
  const goal = words.length === 1 && words[0] === '-' ? await terminal.readInput() : words.join(' ');
  if (!goal.trim()) throw new CliError('Say what should be done: npx choir run "your goal"');
  await sayPrice(session, { agent: choice.agent, model: choice.model, threadId: thread, projectId: project });
  if (thread) {
    if (project) throw new CliError('A thread keeps its project: leave out --project with --thread.');
    const from = await readThread(client, thread);
    const { runId } = await client.send<{ runId: string }>(`/api/threads/${encodeURIComponent(thread)}/messages`, {
      text: goal,
      ...choice,
    });
    return { threadId: thread, runId, from };
  }
  return client.send<Given>('/api/threads', { goal, projectId: project, ...choice });
}

/** What the agent that was named will cost, or the best fit for a new thread. Whether the goal can be given is said by the goal. */
async function sayPrice({ client, terminal }: Session, { agent, ...asked }: Pick<RunChoice, 'agent'> & Parameters<typeof priceAgents>[1]) {
  if (!agent && asked.threadId) return;
  const { agents, defaultAgent } = await priceAgents(client, asked).catch(() => ({ agents: [], defaultAgent: '' }));
  const worker = agents.find(({ id, ready }) => id === (agent ?? defaultAgent) && ready);
  // A best fit that can cost nothing is nothing to say.
  if (worker && (agent || otherAgent(worker.cost.estimate)))
    terminal.note(`${agent ? cleanLine(worker.name) : 'Best fit'}. ${cleanLine(sayGoalCost(worker.cost))}`);
}
