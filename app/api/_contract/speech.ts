import { z } from 'zod';
import { audioTypes } from '#lib/speech/audio-types.ts';
import { operation } from './operation.ts';

export const getTranscriptionOperation = operation({
  method: 'GET',
  path: '/api/transcriptions',
  summary: 'Whether speech can be turned into text here',
  status: 200,
  reply: z.object({ available: z.boolean() }),
});

export const transcribeOperation = operation({
  method: 'POST',
  path: '/api/transcriptions',
  summary: 'Turn speech into text',
  description:
    'The body is the recording, up to 20 MB. Counted on the bill, and within the budgets of the workspace and of the thread it is meant for. 501 where no provider is set up that does this.',
  query: z.object({ threadId: z.string().max(200).optional().describe('the thread that the words are meant for') }),
  otherBodies: Object.fromEntries(audioTypes.map((type) => [type, z.file()])),
  status: 200,
  reply: z.object({ text: z.string() }),
});
