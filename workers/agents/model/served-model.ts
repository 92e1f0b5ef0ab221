import { z } from 'zod';
import type { ModelAccess } from '../agent.ts';

const ModelList = z.object({ data: z.array(z.object({ id: z.string().min(1).max(180) })).min(1) });

/** The first model that a server of one's own offers: only it knows what it has. Undefined when it does not say. */
export async function servedModel({ fetch, token }: ModelAccess, signal: AbortSignal): Promise<string | undefined> {
  try {
    const response = await fetch('http://gateway/openai/v1/models', { headers: { authorization: `Bearer ${token}` }, signal });
    return ModelList.parse(await response.json()).data[0]?.id;
  } catch {
    signal.throwIfAborted();
    return undefined;
  }
}
