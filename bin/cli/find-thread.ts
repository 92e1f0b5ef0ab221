import type { ThreadState } from '#lib/core/state.ts';
import type { ThreadRow } from '#lib/threads/list-threads.ts';
import { CliError } from './cli-error.ts';
import type { Client } from './client.ts';

export async function listThreadRows(client: Client): Promise<ThreadRow[]> {
  return (await client.get<{ threads: ThreadRow[] }>('/api/threads')).threads;
}

/** The thread that was named, else the one that something happened in last. */
export async function findThreadId(client: Client, wanted: string | undefined): Promise<string> {
  if (wanted) return wanted;
  const rows = await listThreadRows(client);
  const newest = rows.toSorted((left, right) => right.updatedAt.localeCompare(left.updatedAt))[0];
  if (!newest) throw new CliError('There is no thread yet. Begin one: npx choir run "your goal"');
  return newest.id;
}

export function readThread(client: Client, threadId: string): Promise<ThreadState> {
  return client.get<ThreadState>(`/api/threads/${encodeURIComponent(threadId)}`);
}
