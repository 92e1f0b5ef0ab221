import type { Services } from '#lib/context.ts';
import { DomainError } from '#lib/core/domain-error.ts';
import { readFileAt } from '#lib/git/objects/read-commit-file.ts';
import { pageSecret } from './create-page-link.ts';
import { readPageToken } from './page-token.ts';

/** A file that a page link opens: its bytes, and whether scripts may run. The token is the permission. Throws `not-found`. */
export async function readPageFile(
  { home }: Pick<Services, 'home'>,
  { token, path }: { token: string; path: string },
): Promise<{ bytes: Buffer; scripts: boolean }> {
  const grant = readPageToken(pageSecret(home), token, Date.now());
  const file = grant && (await readFileAt({ store: home.store(grant.projectId), commit: grant.commit, path }));
  if (!grant || file?.kind !== 'file') throw new DomainError('not-found', 'There is nothing here. Open the page again from its thread.');
  return { bytes: file.bytes, scripts: grant.scripts };
}
