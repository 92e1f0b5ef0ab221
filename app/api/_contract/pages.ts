import { z } from 'zod';
import { CreatePageLink } from '#lib/pages/create-page-link.ts';
import { operation } from './operation.ts';
import { ThreadParams } from './threads.ts';

export const createPageLinkOperation = operation({
  method: 'POST',
  path: '/api/threads/{threadId}/page-links',
  summary: 'An address at which a web page among the files of a thread can be looked at, for an hour',
  params: ThreadParams,
  body: CreatePageLink.omit({ threadId: true }),
  status: 201,
  reply: z.object({ url: z.string() }),
});
