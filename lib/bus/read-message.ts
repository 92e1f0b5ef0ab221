import type { Msg } from '@nats-io/transport-node';
import type { z } from 'zod';

/** What a message says, or null when it is not what is expected: it may come from a newer version, or from somebody else on a shared server. */
export function readMessage<Schema extends z.ZodType>(schema: Schema, message: Pick<Msg, 'json'>): z.infer<Schema> | null {
  try {
    return schema.parse(message.json());
  } catch {
    return null;
  }
}
