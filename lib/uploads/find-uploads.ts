import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import type { Attachment } from '#lib/attachments/attachments.ts';
import { requirePerson } from '#lib/auth/require-person.ts';
import type { Context } from '#lib/context.ts';
import { DomainError } from '#lib/core/domain-error.ts';
import { mostUploadsAtOnce } from '#lib/core/limits/uploads-at-once.ts';

/** Ids of uploads to send along. */
export const UploadIds = z
  .array(z.string().regex(/^up_[0-9a-z]{16}$/, 'This is no upload.'))
  .max(mostUploadsAtOnce, `At most ${mostUploadsAtOnce} files at once.`)
  .optional()
  .describe('files of `POST /api/uploads` to send along');

/** Files that this person uploaded before, as attachments. They stay: a device may have to send its words again. Throws `not-found`. */
export async function findUploads(context: Context, uploadIds: readonly string[] = []): Promise<Attachment[]> {
  const { userId } = requirePerson(context.actor);
  return Promise.all(
    [...new Set(uploadIds)].map(async (uploadId) => {
      const folder = join(context.home.uploads(userId), uploadId);
      const [name] = await readdir(folder).catch(() => []);
      if (name === undefined) throw new DomainError('not-found', 'A file that should come along is no longer there. Attach it again.');
      return { name, source: join(folder, name) };
    }),
  );
}
