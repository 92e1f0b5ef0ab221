import { z } from 'zod';
import type { Person } from '#lib/auth/require-person.ts';
import { findCheckpoint } from '#lib/checkpoints/find-checkpoint.ts';
import { recordPersonCheckpoint } from '#lib/checkpoints/record-person-checkpoint.ts';
import type { Context } from '#lib/context.ts';
import { DomainError } from '#lib/core/domain-error.ts';
import type { CheckpointData } from '#lib/core/event.ts';
import { type CheckpointState, isActive, type ThreadState } from '#lib/core/state.ts';
import { commitContents } from '#lib/git/commit/commit-contents.ts';
import { personAuthor } from '#lib/git/commit/person-author.ts';
import { hashBytes } from '#lib/git/objects/hash-source.ts';
import { openPathIndex, type PathIndex } from '#lib/git/objects/path-index.ts';
import type { IndexedPath } from '#lib/git/objects/tree-index.ts';
import { ancestors, findPathFault, isWithin } from '#lib/git/objects/tree-path.ts';
import { readMarker } from '#lib/git/tree/tree-marker.ts';
import { personWaitMs, withThreadLock } from '#lib/threads/lock-thread.ts';
import { requireThread } from '#lib/threads/require-thread.ts';
import { settleTree } from '#lib/threads/revert/settle-tree.ts';

/** Bytes of a file that a person may edit in Choir. */
export const editLimitBytes = 512 * 1024;

export const SaveFile = z.object({
  threadId: z.string(),
  path: z.string().min(1).max(4_096),
  text: z.string().describe('all of the file, at most 512 KiB as UTF-8'),
  isNew: z.boolean().optional().describe('a conflict when there is something of this name already'),
  baseCheckpointId: z.string().describe('the checkpoint whose file was edited; when the file is another one now, it is a conflict'),
});
export type SaveFile = z.input<typeof SaveFile>;

export type SavedFile = { checkpointId: string; number: number; seq: number; changed: boolean };

/**
 * Writes a file that a person edited, or made, as a checkpoint of theirs. Gives the checkpoint that holds it, the current one when nothing changed, and the `seq` at
 * which the thread stood so.
 * Throws `conflict` when the file is not as it was at the base any more (details: `reason: 'file-moved'` and the current checkpoint), or an agent is at
 * work; `invalid` for a path that no tree can have; `too-large`.
 */
export async function saveFile(context: Context, input: SaveFile): Promise<SavedFile> {
  const { threadId, path, text, isNew, baseCheckpointId } = SaveFile.parse(input);
  const { person, state } = await requireThread(context, threadId);
  const bytes = Buffer.from(text);
  if (bytes.length > editLimitBytes) throw new DomainError('too-large', 'This file is too large to be edited here.');
  requirePath(path);
  const base = await findCheckpoint(context, threadId, baseCheckpointId);
  requireRest(state);
  return withThreadLock(context.database, threadId, personWaitMs, async (signal) => {
    requireRest(await context.ledger.load(threadId));
    const settled = await settleTree(context, { threadId, kind: 'person', signal });
    return writeFile(context, { ...settled, person, base, path, bytes, isNew, signal });
  });
}

type Edit = {
  state: ThreadState;
  current: CheckpointState;
  person: Person;
  base: CheckpointState;
  path: string;
  bytes: Buffer;
  isNew: boolean | undefined;
  signal: AbortSignal;
};

async function writeFile(context: Context, { state, current, person, base, path, bytes, isNew, signal }: Edit): Promise<SavedFile> {
  const store = context.home.store(state.projectId);
  await using before = await openPathIndex(store, base.commit);
  await using now = await openPathIndex(store, current.commit);
  const [edited, standing] = [await before.entry(path), await now.entry(path)];
  // Sent again because the answer was lost, or said by two at once.
  if (standing?.kind === 'file' && standing.oid === hashBytes(bytes)) return unchanged(current, state);
  if (isNew && standing) throw new DomainError('conflict', 'There is something of this name already.');
  if (edited?.oid !== standing?.oid || edited?.kind !== standing?.kind) {
    throw new DomainError('conflict', 'This file has changed since you opened it. Your text is still here.', {
      reason: 'file-moved',
      currentCheckpointId: current.checkpointId,
    });
  }
  const marker = await readMarker(context.home.treeMarker(state.threadId));
  await requireFile(path, standing, now, new Set(marker?.leftOut.map((entry) => entry.path)));
  const label = `${standing ? 'Edited' : 'Created'} ${path}`;
  const { commit, changed, summary } = await commitContents({
    ...{ store, parentCommit: current.commit, message: label, author: personAuthor, at: new Date(), leftOutBefore: marker?.leftOut ?? [] },
    contents: [{ path, bytes, kind: 'file', mode: standing?.mode ?? 0o644 }],
    staging: `${context.home.tree(state.threadId)}.${crypto.randomUUID()}`,
  });
  if (!changed) return unchanged(current, state);
  const command = (checkpoint: CheckpointData) => ({ type: 'record-checkpoint' as const, checkpoint });
  const made = await recordPersonCheckpoint(context, { state, current, person, commit, changes: summary, label, command, signal });
  return { checkpointId: made.checkpointId, number: made.number, seq: made.seq, changed };
}

function unchanged({ checkpointId, number }: CheckpointState, { seq }: ThreadState): SavedFile {
  return { checkpointId, number, seq, changed: false };
}

function atWork(): DomainError {
  return new DomainError('conflict', 'An agent is at work here. Save when it is done, or stop it first. Your text is still here.', {
    reason: 'run-active',
  });
}

/** A run that only waits for an answer holds nothing, unless a program lives on over this tree. */
function requireRest({ run }: ThreadState): void {
  if (isActive(run) && (run.status !== 'waiting' || (run.session && !run.session.ended))) throw atWork();
}

function requirePath(path: string): void {
  const names = path.split('/');
  const isInside = !path.includes('\0') && names.every((name) => name !== '' && name !== '.' && name !== '..');
  if (!isInside || findPathFault(path)) throw new DomainError('invalid', 'A file cannot have this name here.');
}

async function requireFile(path: string, standing: IndexedPath | undefined, now: PathIndex, leftOut: Set<string>): Promise<void> {
  if (standing && standing.kind !== 'file') throw new DomainError('conflict', 'There is something else of this name, which is not a file.');
  if (isWithin(path, leftOut)) throw new DomainError('conflict', 'No checkpoint holds this place, so nothing can be saved there.');
  for (const folder of ancestors(path)) {
    const above = await now.entry(folder);
    if (above && above.kind !== 'folder') throw new DomainError('conflict', `${folder} is not a folder.`);
  }
}
