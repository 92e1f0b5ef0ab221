import { z } from 'zod';
import { CreateUpload } from '#lib/uploads/create-upload.ts';
import { operation } from './operation.ts';

export const createUploadOperation = operation({
  method: 'POST',
  path: '/api/uploads',
  summary: 'Send a file ahead of the words that it belongs to',
  description: 'The body is the file, up to 100 MB. Name its `uploadId` in `attachments` of a goal or a message within a week.',
  query: CreateUpload,
  otherBodies: { 'application/octet-stream': z.file() },
  status: 201,
  reply: z.object({ uploadId: z.string(), name: z.string().describe('as it will lie in `attachments/`'), bytes: z.number().int() }),
});
