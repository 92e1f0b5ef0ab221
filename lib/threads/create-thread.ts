import { z } from 'zod';
import { type Attachment, attachmentLabel, commitAttachments, nameAttachments } from '#lib/attachments/attachments.ts';
import { authorOf, requirePerson } from '#lib/auth/require-person.ts';
import type { Context } from '#lib/context.ts';
import { emptyChangeSummary } from '#lib/core/change.ts';
import { newId } from '#lib/core/new-id.ts';
import { RequestId } from '#lib/core/request-id.ts';
import { checkpointRef, setRefs, threadBranch } from '#lib/git/store/refs.ts';
import { ensureDefaultProject } from '#lib/projects/ensure-default-project.ts';
import { getProject } from '#lib/projects/get-project.ts';
import { accepted } from './accepted.ts';
import { askForWorker } from './ask-for-worker.ts';
import { chooseRun, RunChoice } from './choose-run.ts';
import { GoalText, titleOf } from './goal-text.ts';
import { placeOf, takeOnce } from './take-once.ts';

export const CreateThread = z.object({
  projectId: z.string().optional(),
  goal: GoalText,
  requestId: RequestId,
  ...RunChoice.shape,
});
export type CreateThread = z.input<typeof CreateThread>;

/**
 * Opens a thread with its first goal and queues the run; `attachments` lie in the tree by then, as a checkpoint of the person. Throws `invalid`,
 * `not-found` (project), `forbidden`, or `conflict` (agent not ready).
 */
export async function createThread(
  context: Context,
  input: CreateThread,
  attachments: Attachment[] = [],
): Promise<{ threadId: string; runId: string }> {
  const { requestId, ...asked } = CreateThread.parse(input);
  return takeOnce(context, { requestId, causes: ['thread.created'], work: (once) => openThread(once, asked, attachments), again: placeOf });
}

async function openThread(
  context: Context,
  { projectId, goal, ...choice }: Omit<z.infer<typeof CreateThread>, 'requestId'>,
  attachments: Attachment[],
): Promise<{ threadId: string; runId: string }> {
  const person = requirePerson(context.actor);
  const chosen = chooseRun(choice, context.models);
  const project = projectId ? await getProject(context, { projectId }) : await ensureDefaultProject(context);
  const threadId = newId('th');
  const runId = newId('ru');
  const store = context.home.store(project.id);
  await setRefs({ store, refs: { [checkpointRef(threadId, 0)]: project.headCommit, [threadBranch(threadId)]: project.headCommit } });
  const base = {
    checkpointId: newId('cp'),
    number: 0,
    commit: project.headCommit,
    parentCommit: null,
    kind: 'base' as const,
    label: `Start of ${project.name}`,
    changes: emptyChangeSummary,
  };
  const attached = attachments.length > 0 ? await attach(store, project.headCommit, attachments) : null;
  if (attached)
    await setRefs({
      store,
      refs: { [checkpointRef(threadId, 1)]: attached.checkpoint.commit, [threadBranch(threadId)]: attached.checkpoint.commit },
    });
  accepted(
    await context.ledger.command(threadId, authorOf(person), [
      {
        type: 'create-thread',
        workspaceId: person.workspaceId,
        projectId: project.id,
        projectName: project.name,
        title: titleOf(goal),
        base,
      },
      ...(attached ? [{ type: 'record-checkpoint' as const, checkpoint: attached.checkpoint }] : []),
      { type: 'give-goal', runId, goal: nameAttachments(goal, attached?.paths, chosen.agent), attachments: attached?.paths, ...chosen },
    ]),
  );
  await askForWorker(context, { threadId, runId, key: runId });
  return { threadId, runId };
}

async function attach(store: string, parentCommit: string, attachments: Attachment[]) {
  const { commit, summary: changes, paths } = await commitAttachments({ store, parentCommit, attachments });
  const checkpoint = {
    checkpointId: newId('cp'),
    number: 1,
    commit,
    parentCommit,
    kind: 'person' as const,
    label: attachmentLabel(paths),
    changes,
  };
  return { checkpoint, paths };
}
