import { z } from 'zod';

/** What a device sends with a command so that it may send it again when it heard no answer. */
export const RequestId = z
  .string()
  .regex(/^[\w-]{8,64}$/, 'A request id has 8 to 64 letters, digits, - or _.')
  .optional()
  .describe('made by the client: the same one again changes nothing, and gives the first answer');
