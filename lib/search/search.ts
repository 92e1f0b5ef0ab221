import { z } from 'zod';
import { requirePerson } from '#lib/auth/require-person.ts';
import type { Context } from '#lib/context.ts';
import type { EventType } from '#lib/core/event.ts';
import { matchMarkdown, matchText, queryWords, type TextMatch } from './match-text.ts';
import { type FoundFile, searchFiles } from './search-files.ts';

export const Search = z.object({
  q: z.string().trim().min(1).max(200),
  projectId: z.string().max(200).optional(),
  threadId: z.string().max(200).optional().describe('only what was said and done in this thread'),
  limit: z.coerce.number().int().min(1).max(100).default(30).describe('of each kind'),
});

export type FoundThread = { threadId: string; title: string; projectName: string; at: string; match: TextMatch };
export type FoundEvent = FoundThread & { seq: number; type: EventType };
export type Found = {
  threads: FoundThread[];
  events: FoundEvent[];
  files: FoundFile[] /** Files: not all could be looked through in time. */;
  partial: boolean;
};

type Row = { threadId: string; title: string; projectName: string; at: Date; seq: number; type: EventType; text: string };

/**
 * What holds all words of `q` (each the beginning of a word): threads by title, what was said and done in them, and the files of projects as they stand.
 * The newest first. Of the person's workspace only.
 */
export async function search(context: Context, input: z.input<typeof Search>): Promise<Found> {
  const { workspaceId } = requirePerson(context.actor);
  const { q, projectId, threadId, limit } = Search.parse(input);
  const words = queryWords(q);
  const { sql } = context.database;
  const query = words.map((word) => `${word}:*`).join(' & ');
  const within = sql`threads.workspace_id = ${workspaceId} ${projectId ? sql`and threads.project_id = ${projectId}` : sql``}
    ${threadId ? sql`and threads.id = ${threadId}` : sql``}`;
  const searchAllFiles = async () =>
    threadId ? { files: [], partial: false } : searchFiles(context, { text: q, words, projectId, limit });
  if (words.length === 0) return { threads: [], events: [], ...(await searchAllFiles()) };
  const [threads, events, files] = await Promise.all([
    sql<Row[]>`
      select threads.id as "threadId", threads.title, projects.name as "projectName", threads.updated_at as at
      from threads join projects on projects.id = threads.project_id
      where ${within} and search_words(threads.title) @@ to_tsquery('simple', ${query})
      order by threads.updated_at desc limit ${limit}`,
    sql<Row[]>`
      select threads.id as "threadId", threads.title, projects.name as "projectName", events.at, events.seq, events.type,
        event_text(events.type, events.data) as text
      from events join threads on threads.id = events.thread_id join projects on projects.id = threads.project_id
      where ${within} and event_text(events.type, events.data) is not null
        and search_words(event_text(events.type, events.data)) @@ to_tsquery('simple', ${query})
      order by events.position desc limit ${limit}`,
    searchAllFiles(),
  ]);
  const found = events.map(({ text, at, ...row }) => ({
    ...row,
    at: at.toISOString(),
    match: (isMarkdown(row.type) ? matchMarkdown : matchText)(text, words),
  }));
  return {
    threads: threads.map(({ threadId, title, projectName, at }) => ({
      threadId,
      title,
      projectName,
      at: at.toISOString(),
      match: matchText(title, words),
    })),
    events: found.filter((event) => event.type !== 'run.completed' || !found.some((other) => wasSaidIn(other, event))),
    ...files,
  };
}

/** An agent's words; a person's are as they were typed. */
function isMarkdown(type: EventType): boolean {
  return type === 'message.posted' || type === 'run.completed';
}

/** A run ends with what its agent said last: that is found once, where it was said. */
function wasSaidIn(message: FoundEvent, end: FoundEvent): boolean {
  return message.type === 'message.posted' && message.threadId === end.threadId && message.match.text === end.match.text;
}
