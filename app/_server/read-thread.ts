import { cache } from 'react';
import { getThread } from '#lib/threads/get-thread.ts';
import { orNotFound, personContext } from './person-context.ts';

/** The state of a thread, read once for everything that one request renders; the page of what is not there otherwise. */
export const readThread = cache(async (threadId: string) => orNotFound(getThread(await personContext(), { threadId })));
