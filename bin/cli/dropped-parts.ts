import type { PinnedAction } from '#lib/core/approval.ts';
import type { PartPlace } from '#lib/core/change.ts';
import { readHunkHeader } from '#lib/core/hunk-place.ts';
import { fetchDiff } from './answer.ts';
import { CliError } from './cli-error.ts';
import type { Client } from './client.ts';

type OpenApproval = { approvalId: string; threadId: string; action: PinnedAction };

/** `FILE:N` is the Nth part of a file's diff, as `choir diff --to ID` numbers them, from 1 on. */
export async function droppedParts(client: Client, approvalId: string, words: readonly string[]): Promise<PartPlace[]> {
  const { approvals } = await client.get<{ approvals: OpenApproval[] }>('/api/approvals');
  const open = approvals.find((approval) => approval.approvalId === approvalId);
  if (!open) throw new CliError('This question is not open. The ids of all open ones: npx choir status');
  return Promise.all(words.map((word) => droppedPart(client, open, word)));
}

async function droppedPart(client: Client, { approvalId, threadId, action }: OpenApproval, word: string): Promise<PartPlace> {
  const [, path = '', number = ''] = /^(.+):([1-9]\d*)$/s.exec(word) ?? [];
  if (!path) throw new CliError('--drop-part is a file and the number of a part of it: --drop-part notes.md:2');
  const oldPath = action.effect?.changes.files.find((file) => file.path === path)?.oldPath;
  // The text, as it holds parts that are too long to come as data. Every line of a file has a sign before it, so only git begins one with `@@`.
  const places = (await fetchDiff(client, threadId, { to: approvalId, path, oldPath }))
    .split('\n')
    .flatMap((line) => readHunkHeader(line) ?? []);
  const hunk = places[Number(number) - 1];
  if (!hunk) throw new CliError(`${JSON.stringify(path)} has no part ${number}: its diff shows ${places.length}.`);
  return { path, hunk };
}
