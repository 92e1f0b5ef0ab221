import { isNotFound, request } from './request.ts';

/** Deletes what stands at `path` of the API. What is gone already is what was wanted: an earlier try whose answer was lost did it, or somebody else. */
export async function sendDelete(path: string): Promise<void> {
  await request(path, { method: 'DELETE' }).catch((error: unknown) => {
    if (!isNotFound(error)) throw error;
  });
}
