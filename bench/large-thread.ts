import { eq } from 'drizzle-orm';
import { waitUntil } from '#bin/services/wait-until.ts';
import type { ThreadState } from '#lib/core/state.ts';
import { projects } from '#lib/db/schema.ts';
import { mainBranch, setRefs } from '#lib/git/store/refs.ts';
import { commitFolder } from '#lib/projects/commit-folder.ts';
import { createProject } from '#lib/projects/create-project.ts';
import type { RevertPreview } from '#lib/threads/revert/revert-thread.ts';
import { changedPath, settleDisk, writeFiles } from './large-project.ts';
import { type Figure, median, milliseconds, percentile, repeat, spread, timed } from './measure.ts';
import type { Session } from './session.ts';

const files = 50_000;
const goals = 6;
const reverts = 12;
const goal = `Append "one more line" to ${changedPath}`;

/** What a person waits for in a thread on 50,000 files: a goal of one step, and going back and forth with everything that belongs to it. */
export async function benchLargeThread({ installation, context }: Session): Promise<Figure[]> {
  const { api } = installation;
  const project = await createProject(context, { name: 'Large', from: { template: 'blank' } });
  const store = context.home.store(project.id);
  const headCommit = await commitFolder(store, (folder) => writeFiles(folder, files));
  await setRefs({ store, refs: { [mainBranch]: headCommit } });
  await context.database.db.update(projects).set({ headCommit }).where(eq(projects.id, project.id));

  settleDisk();

  const ended = async (threadId: string) => {
    let state = await installation.thread(threadId);
    await waitUntil(
      async () => {
        state = await installation.thread(threadId);
        return state.run?.endedAt !== undefined;
      },
      { what: `thread ${threadId} did not end`, timeoutMs: 60_000, everyMs: 5 },
    );
    if (state.run?.status !== 'completed') throw new Error(`The run ended as ${state.run?.status}: ${state.run?.outcome}`);
    return state;
  };
  const opened = await timed(async () => {
    const { threadId } = await api<{ threadId: string }>('POST', '/api/threads', { projectId: project.id, goal, mode: 'autonomous' });
    return ended(threadId);
  });
  const { threadId } = opened.result;
  const worked = await repeat(goals, async () => {
    await api('POST', `/api/threads/${threadId}/messages`, { text: goal, mode: 'autonomous' });
    await ended(threadId);
  });

  const { checkpoints, currentCheckpointId } = await api<ThreadState>('GET', `/api/threads/${threadId}`);
  const newest = checkpoints.length - 1;
  if (checkpoints[newest]?.checkpointId !== currentCheckpointId) throw new Error('The thread does not stand at its newest checkpoint.');
  const revert = (number: number, dryRun: boolean) =>
    api<RevertPreview>('POST', `/api/threads/${threadId}/revert`, { checkpointId: String(number), scope: 'code', dryRun });
  const previewed = await repeat(reverts, () => revert(newest - 1, true));
  const reverted = await repeat(reverts, async (index) => {
    const { changes } = await revert(index % 2 === 0 ? newest - 1 : newest, false);
    if (changes.fileCount !== 1) throw new Error(`A revert of one file changed ${changes.fileCount}.`);
  });

  const what = (name: string) => `${name}, ${files.toLocaleString('en')} files`;
  return [
    { what: what('first goal of one step'), value: `${milliseconds(opened.ms)}  (makes the working tree)` },
    { what: what('next goal of one step'), value: `p50 ${milliseconds(median(worked))}  longest ${milliseconds(percentile(worked, 1))}` },
    { what: what('preview of a revert, over HTTP'), value: spread(previewed) },
    { what: what('the revert itself, over HTTP'), value: spread(reverted) },
  ];
}
