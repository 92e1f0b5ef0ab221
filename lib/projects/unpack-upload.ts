import { createWriteStream } from 'node:fs';
import { chmod, mkdir, rm, symlink } from 'node:fs/promises';
import { dirname, join, posix } from 'node:path';
import { Readable, Transform } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { type Entry, openPromise, type ZipFile } from 'yauzl';
import { DomainError } from '#lib/core/domain-error.ts';

export const uploadLimits = {
  archiveBytes: 512 * 1024 ** 2,
  entries: 50_000,
  bytes: 1024 ** 3,
  ratio: 200,
  ratioFromBytes: 64 * 1024 ** 2,
};

/**
 * Unpacks a zip archive into `folder` (absolute, empty). A single folder around everything is taken off. Throws DomainError `too-large` past the limits (a bomb is
 * refused before a byte of it is unpacked) and `invalid` for names that climb out, links that lead out, double names and what is no zip.
 */
export async function unpackUpload(content: AsyncIterable<Uint8Array>, folder: string): Promise<void> {
  const archive = `${folder}.zip`;
  try {
    await pipeline(Readable.from(content), limitBytes(uploadLimits.archiveBytes), createWriteStream(archive, { flags: 'wx', mode: 0o600 }));
    const zip = await openPromise(archive, { lazyEntries: true, autoClose: false, strictFileNames: true, validateEntrySizes: true });
    try {
      await unpackEntries(zip, await readEntries(zip), folder);
    } finally {
      zip.close();
    }
  } catch (error) {
    if (error instanceof DomainError) throw error;
    if ((error as NodeJS.ErrnoException).code === 'ENOSPC')
      throw new DomainError('unavailable', 'The disk is full. Free some space and try again.');
    throw new DomainError('invalid', 'This upload is not a zip archive that can be unpacked.');
  } finally {
    await rm(archive, { force: true });
  }
}

async function readEntries(zip: ZipFile): Promise<Entry[]> {
  if (zip.entryCount > uploadLimits.entries) throw tooLarge(`more than ${uploadLimits.entries} files`);
  const entries: Entry[] = [];
  const names = new Set<string>();
  let bytes = 0;
  let packed = 0;
  for await (const entry of zip.eachEntry()) {
    if (entry.fileName.startsWith('__MACOSX/')) continue;
    const name = entry.fileName.replace(/\/+$/, '');
    if (name === '' || name.split('/').some((part) => part === '' || part === '.' || part === '..' || part.length > 255))
      throw new DomainError('invalid', 'The archive holds a name that leads out of it.');
    if (names.has(name)) throw new DomainError('invalid', 'The archive holds two files of the same name.');
    if (entry.isEncrypted()) throw new DomainError('invalid', 'The archive is encrypted. Upload it without a password.');
    names.add(name);
    bytes += entry.uncompressedSize;
    packed += entry.compressedSize;
    if (bytes > uploadLimits.bytes) throw tooLarge('over 1 GiB unpacked');
    if (bytes > uploadLimits.ratioFromBytes && bytes > packed * uploadLimits.ratio) throw tooLarge('packed too tightly to be a project');
    entries.push(entry);
  }
  return entries;
}

/** Links last: no file is ever written through one. */
async function unpackEntries(zip: ZipFile, entries: Entry[], folder: string): Promise<void> {
  const strip = commonFolder(entries);
  const links: { at: string; target: string }[] = [];
  for (const entry of entries) {
    const name = entry.fileName.replace(/\/+$/, '').slice(strip.length);
    const mode = entry.externalFileAttributes >>> 16;
    const at = join(folder, name);
    if (name === '') continue;
    if (entry.fileName.endsWith('/')) {
      await mkdir(at, { recursive: true, mode: 0o755 });
      continue;
    }
    await mkdir(dirname(at), { recursive: true, mode: 0o755 });
    if ((mode & 0o170000) === 0o120000) {
      links.push({ at, target: await readTarget(zip, entry, name) });
      continue;
    }
    const stream = await zip.openReadStreamPromise(entry);
    await pipeline(stream, createWriteStream(at, { flags: 'wx', mode: 0o644 }));
    await chmod(at, mode & 0o100 ? 0o755 : 0o644);
  }
  for (const { at, target } of links) await symlink(target, at);
}

async function readTarget(zip: ZipFile, entry: Entry, name: string): Promise<string> {
  const parts: Buffer[] = [];
  if (entry.uncompressedSize > 4_096) throw new DomainError('invalid', 'The archive holds a link that leads out of it.');
  for await (const part of await zip.openReadStreamPromise(entry)) parts.push(part);
  const target = Buffer.concat(parts).toString();
  const end = posix.normalize(posix.join(posix.dirname(name), target));
  if (target === '' || target.includes('\0') || target.startsWith('/') || end === '..' || end.startsWith('../'))
    throw new DomainError('invalid', 'The archive holds a link that leads out of it.');
  return target;
}

function commonFolder(entries: Entry[]): string {
  const first = entries[0]?.fileName.split('/')[0] ?? '';
  return entries.every(({ fileName }) => fileName.startsWith(`${first}/`)) ? `${first}/` : '';
}

function limitBytes(limit: number): Transform {
  let seen = 0;
  return new Transform({
    transform(chunk: Buffer, _encoding, done) {
      seen += chunk.length;
      if (seen > limit) done(tooLarge('over 512 MiB'));
      else done(null, chunk);
    },
  });
}

function tooLarge(what: string): DomainError {
  return new DomainError('too-large', `This archive is ${what}. Upload a smaller one, without dependencies and build output.`);
}
