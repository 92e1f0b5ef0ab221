import type { FileDiff, PartPlace } from '#lib/core/change.ts';
import { CliError } from './cli-error.ts';
import type { Client } from './client.ts';

/** `FILE:N` is the Nth part of a file's diff, as `choir diff --to ID` shows it, from 1 on. */
export async function droppedParts(client: Client, approvalId: string, words: readonly string[]): Promise<PartPlace[]> {
  const { approvals } = await client.get<{ approvals: { approvalId: string; threadId: string }[] }>('/api/approvals');
  const open = approvals.find((approval) => approval.approvalId === approvalId);
  if (!open) throw new CliError('This question is not open. The ids of all open ones: npx choir status');
  const query = new URLSearchParams({ to: approvalId });
  const { files } = await client.get<{ files: FileDiff[] }>(`/api/threads/${encodeURIComponent(open.threadId)}/diff?${query}`);
  return words.map((word) => {
    const [, path = '', number = ''] = /^(.+):([1-9]\d*)$/s.exec(word) ?? [];
    if (!path) throw new CliError('--drop-part is a file and the number of a part of it: --drop-part notes.md:2');
    const { hunks = [] } = files.find((file) => file.path === path) ?? {};
    const hunk = hunks[Number(number) - 1];
    if (!hunk) throw new CliError(`${JSON.stringify(path)} has no part ${number}: its diff shows ${hunks.length}.`);
    const { lines: _lines, ...place } = hunk;
    return { path, hunk: place };
  });
}
