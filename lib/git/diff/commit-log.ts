import { log } from 'isomorphic-git';
import { objectsOf } from '../objects/read-objects.ts';

/** `at` is an ISO instant; `author` a name. */
export type LogEntry = { commit: string; at: string; author: string; subject: string };

/** The history of a commit, newest first. */
export async function commitLog({ store, commit, limit }: { store: string; commit: string; limit: number }): Promise<LogEntry[]> {
  const entries = await log({ ...objectsOf(store), ref: commit, depth: limit });
  return entries.map(({ oid, commit: { author, message } }) => ({
    commit: oid,
    at: new Date(author.timestamp * 1_000).toISOString(),
    author: author.name,
    subject: message.split('\n', 1)[0] ?? '',
  }));
}
