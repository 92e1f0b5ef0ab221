import { z } from 'zod';
import { Search } from '#lib/search/search.ts';
import { operation } from './operation.ts';

const match = z.object({
  text: z.string(),
  marks: z.array(z.tuple([z.number().int(), z.number().int()])).describe('[start, end) within text'),
});
const thread = z.object({ threadId: z.string(), title: z.string(), projectName: z.string(), at: z.iso.datetime(), match });

export const searchOperation = operation({
  method: 'GET',
  path: '/api/search',
  summary: 'Threads, what was said and done in them, and files of projects as they stand',
  description: 'All words of `q` must be there, each the beginning of a word. Lines of files hold `q` as it is written, letter case aside.',
  query: Search,
  status: 200,
  reply: z.object({
    threads: z.array(thread),
    events: z.array(thread.extend({ seq: z.number().int(), type: z.string() })),
    files: z.array(
      z.object({
        projectId: z.string(),
        projectName: z.string(),
        threadId: z.string().nullable().describe('a thread whose files they are, where there is one'),
        path: z.string(),
        line: z.number().int().nullable(),
        match,
      }),
    ),
    partial: z.boolean().describe('not all files could be looked through in time'),
  }),
});
