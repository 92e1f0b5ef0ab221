import { z } from 'zod';
import { installationSecret } from '#lib/auth/installation-secret.ts';
import { resolvePoint } from '#lib/checkpoints/diff-thread.ts';
import type { Context } from '#lib/context.ts';
import { DomainError } from '#lib/core/domain-error.ts';
import { readFileAt } from '#lib/git/objects/read-commit-file.ts';
import type { ChoirHome } from '#lib/home.ts';
import { requireThread } from '#lib/threads/require-thread.ts';
import { signPageToken } from './page-token.ts';

export const CreatePageLink = z.object({
  threadId: z.string(),
  path: z.string().min(1).max(4096),
  at: z.string().max(200).default('current'),
  scripts: z.boolean().default(false).describe('whether scripts of the page may run'),
});

const goodForMs = 60 * 60_000;

/** The address of a web page among the files of a thread, good for an hour. Whoever has it may read the files of that one commit. Throws `not-found`. */
export async function createPageLink(context: Context, input: z.input<typeof CreatePageLink>): Promise<{ url: string }> {
  const { threadId, path, at, scripts } = CreatePageLink.parse(input);
  const { state } = await requireThread(context, threadId);
  const { commit } = await resolvePoint(context, state, at);
  const file = await readFileAt({ store: context.home.store(state.projectId), commit, path });
  if (!file) throw new DomainError('not-found', 'There is no such file at this checkpoint.');
  const grant = { projectId: state.projectId, commit, scripts, until: Date.now() + goodForMs };
  return { url: `/api/pages/${signPageToken(pageSecret(context.home), grant)}/${path.split('/').map(encodeURIComponent).join('/')}` };
}

/** The key that page tokens are signed with. */
export function pageSecret(home: ChoirHome): Buffer {
  return installationSecret(home, 'page-secret', 'pages that are open in a preview must be opened again');
}
