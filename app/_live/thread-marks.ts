import { send } from './request.ts';
import { threadPath } from './thread-path.ts';

/** How far this person has read, and whether the thread is out of the list until something happens in it. */
export type ThreadMarks = { readSeq?: number; archived?: boolean };

export async function sendMarks(threadId: string, marks: ThreadMarks): Promise<void> {
  await send(threadPath(threadId, '/marks'), marks, 'PUT', { keepalive: true });
}
