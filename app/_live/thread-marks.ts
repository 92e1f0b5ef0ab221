import { request } from './request.ts';

/** How far this person has read, and whether the thread is out of the list until something happens in it. */
export type ThreadMarks = { readSeq?: number; archived?: boolean };

export async function sendMarks(threadId: string, marks: ThreadMarks): Promise<void> {
  const body = JSON.stringify(marks);
  const headers = { 'content-type': 'application/json' };
  await request(`/api/threads/${encodeURIComponent(threadId)}/marks`, { method: 'PUT', headers, body, keepalive: true });
}
