import type { ThreadState } from '#lib/core/state.ts';
import { diffThread } from '#lib/threads/diff-thread.ts';
import { orNotFound, personContext } from '../../../../_server/person-context.ts';
import { readThread } from '../../../../_server/read-thread.ts';
import { LineCounts } from '../../../../_ui/base/change-counts.tsx';
import { EmptyState } from '../../../../_ui/base/empty-state.tsx';
import { HostileText } from '../../../../_ui/base/hostile-text.tsx';
import { DiffView } from '../../../../_ui/diff/diff-view.tsx';
import { parsePatch } from '../../../../_ui/diff/parse-patch.ts';
import { ViewBar, ViewBody } from '../../../../_ui/thread/view-bar.tsx';

type ChangesPageProps = { params: Promise<{ threadId: string }>; searchParams: Promise<{ from?: string; to?: string }> };

/** Characters of a diff that a page shows. */
const shownCharacters = 2_000_000;
const shownFiles = 300;

export const metadata = { title: 'Changes' };

export default async function ChangesPage({ params, searchParams }: ChangesPageProps) {
  const { threadId } = await params;
  const asked = await searchParams;
  const deeper = asked.from !== undefined || asked.to !== undefined;
  const { from, to } = deeper ? asked : { from: 'start', to: undefined };
  const context = await personContext();
  const thread = await readThread(threadId);
  const patch = await orNotFound(diffThread(context, { threadId, from, to }));
  const files = parsePatch(patch.slice(0, shownCharacters));
  const sum = (pick: 'additions' | 'deletions') => files.reduce((total, file) => total + file[pick], 0);
  const why = findExplanation(thread, to);
  const cut = patch.length > shownCharacters || files.length > shownFiles;
  return (
    <>
      <ViewBar
        title={titleOf(thread, from, to)}
        back={deeper ? { href: `/threads/${threadId}/changes`, label: 'All changes of this thread' } : undefined}
      />
      <ViewBody>
        <div className="mx-auto max-w-4xl space-y-3 px-2 pt-3 pb-safe sm:px-4">
          {why && (
            <p className="contained px-2 text-ink-soft text-sm">
              <HostileText text={why.explanation} />
              {why.confidence !== undefined && ` (${Math.round(why.confidence * 100)} % sure)`}
            </p>
          )}
          {files.length === 0 ? (
            <EmptyState title="Nothing changed here" />
          ) : (
            <>
              <p className="tabular px-2 text-sm">
                {files.length === 1 ? '1 file' : `${files.length} files`}{' '}
                <LineCounts additions={sum('additions')} deletions={sum('deletions')} />
              </p>
              <DiffView files={files.slice(0, shownFiles)} />
            </>
          )}
          {cut && <p className="px-2 text-ink-soft text-sm">This diff is longer than a page. The rest is in the files themselves.</p>}
        </div>
      </ViewBody>
    </>
  );
}

function titleOf(thread: ThreadState, from: string | undefined, to: string | undefined): string {
  if (to?.startsWith('ap_')) return 'What approve would keep';
  const target = thread.checkpoints.find(({ checkpointId }) => checkpointId === to);
  if (target) return `#${target.number} ${target.name ?? target.label}`;
  return from === 'start' ? 'All changes of this thread' : 'Changes';
}

/** Why the agent made this change, in its own words, where the run still holds the call. */
function findExplanation({ run, checkpoints }: ThreadState, to: string | undefined) {
  const approval = run?.approvals.find(({ approvalId }) => approvalId === to);
  const callId = approval?.callId ?? checkpoints.find(({ checkpointId }) => checkpointId === to)?.callId;
  return run?.calls.find((call) => call.callId === callId && call.explanation !== '');
}
