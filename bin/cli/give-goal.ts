import type { RunMode } from '#lib/core/event.ts';
import type { ThreadState } from '#lib/core/state.ts';
import { CliError } from './cli-error.ts';
import type { Session } from './command.ts';
import { readThread } from './find-thread.ts';
import type { RunChoice } from './run-options.ts';

export type Goal = {
  words: string[];
  project?: string;
  thread?: string;
  choice: RunChoice & { mode?: RunMode; dryRun: boolean };
};
export type Given = { threadId: string; runId: string; from?: ThreadState };

/** Gives the goal: in a new thread, or as the next words of `thread`. The single word `-` reads it from stdin. */
export async function giveGoal({ client, terminal }: Session, { words, project, thread, choice }: Goal): Promise<Given> {
  const goal = words.length === 1 && words[0] === '-' ? await terminal.readInput() : words.join(' ');
  if (!goal.trim()) throw new CliError('Say what should be done: npx choir run "your goal"');
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
