import { setRefs, threadBranch } from './refs.ts';
import { runGit } from './run-git.ts';

/** Keeps the commit alive that a project stands at, whoever made it. */
const headRef = 'refs/choir-head';

/** Lets go of everything of a thread in a store: its branch, checkpoints and proposals. `headCommit` stays, and what it is made of. */
export async function removeThreadRefs({
  store,
  threadId,
  headCommit,
}: {
  store: string;
  threadId: string;
  headCommit: string;
}): Promise<void> {
  const output = await runGit({ store, args: ['for-each-ref', '--format=%(refname)', `refs/choir/${threadId}/`, threadBranch(threadId)] });
  const names = output.toString().split('\n').filter(Boolean);
  await setRefs({ store, refs: { [headRef]: headCommit, ...Object.fromEntries(names.map((name) => [name, null])) } });
}
