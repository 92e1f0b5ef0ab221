import { createWriteStream } from 'node:fs';
import { mkdir, readdir, rename, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { Readable, Transform } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { z } from 'zod';
import { attachmentName } from '#lib/attachments/attachments.ts';
import { idFor } from '#lib/auth/id-for.ts';
import { requirePerson } from '#lib/auth/require-person.ts';
import type { Context } from '#lib/context.ts';
import { DomainError } from '#lib/core/domain-error.ts';
import { mostUploadBytes, tooLargeUpload } from '#lib/core/limits/upload-size.ts';
import { newId } from '#lib/core/new-id.ts';
import { RequestId } from '#lib/core/request-id.ts';

/** A phone may send its words much later, when it has network again. */
const keptMs = 7 * 24 * 3_600_000;
/** What one person may have waiting. */
const mostUploads = 200;

export const CreateUpload = z.object({
  name: z.string().min(1).max(500).describe('as the person or their device calls it'),
  requestId: RequestId,
});

type Upload = { uploadId: string; name: string; bytes: number };

/**
 * Takes a file that will come along with a goal or a message of this person: it waits under the name that it will have in `attachments/`. Throws
 * `too-large` over 100 MB, `rate-limited` with too many waiting, `invalid` when it is empty, `unavailable` when the disk is full. All of it is there,
 * or nothing.
 */
export async function createUpload(
  context: Context,
  { name, content, requestId }: z.infer<typeof CreateUpload> & { content: AsyncIterable<Uint8Array> },
): Promise<Upload> {
  const { userId } = requirePerson(context.actor);
  const root = context.home.uploads(userId);
  await mkdir(root, { recursive: true, mode: 0o700 });
  const waiting = await sweepUploads(root);
  const uploadId = idFor('up', { by: userId, requestId });
  const first = await readUpload(root, uploadId);
  if (first) return first;
  if (waiting >= mostUploads)
    throw new DomainError('rate-limited', 'Too many files wait to be sent along. Send or forget some of them first.');
  const draft = join(root, newId('up'));
  const file = join(draft, attachmentName(name));
  try {
    await mkdir(draft, { mode: 0o700 });
    await pipeline(Readable.from(content), limitBytes(), createWriteStream(file, { flags: 'wx', mode: 0o600 }));
    const { size } = await stat(file);
    if (size === 0) throw new DomainError('invalid', 'This file is empty.');
    await rename(draft, join(root, uploadId));
    return { uploadId, name: attachmentName(name), bytes: size };
  } catch (error) {
    await rm(draft, { recursive: true, force: true });
    if ((error as NodeJS.ErrnoException).code === 'ENOSPC')
      throw new DomainError('unavailable', 'The disk is full. Free some space and try again.');
    const meanwhile = await readUpload(root, uploadId);
    if (meanwhile) return meanwhile;
    throw error;
  }
}

async function readUpload(root: string, uploadId: string): Promise<Upload | null> {
  const [name] = await readdir(join(root, uploadId)).catch(() => []);
  if (name === undefined) return null;
  const { size } = await stat(join(root, uploadId, name));
  return { uploadId, name, bytes: size };
}

/** Removes what nobody sent for a week; says how many are left. */
async function sweepUploads(root: string): Promise<number> {
  const uploads = await readdir(root);
  let left = 0;
  for (const upload of uploads) {
    const { mtimeMs } = await stat(join(root, upload)).catch(() => ({ mtimeMs: 0 }));
    if (Date.now() - mtimeMs > keptMs) await rm(join(root, upload), { recursive: true, force: true });
    else left += 1;
  }
  return left;
}

function limitBytes(): Transform {
  let seen = 0;
  return new Transform({
    transform(chunk: Buffer, _encoding, done) {
      seen += chunk.length;
      if (seen > mostUploadBytes) done(new DomainError('too-large', tooLargeUpload));
      else done(null, chunk);
    },
  });
}
