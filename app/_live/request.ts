import { pagePerson, personHeaders } from './device/page-person.ts';
import { leavePage } from './leave-page.ts';

/** What the server answered instead of doing it. `status` 0: it could not be reached. `code`: only Choir itself gives one; `reason`: more of it. `message` is for the person. */
export class RequestError extends Error {
  readonly status: number;
  readonly code: unknown;
  readonly reason: unknown;
  constructor(status: number, message: string, { code, reason }: Pick<Problem, 'code' | 'reason'> = {}) {
    super(message);
    this.name = 'RequestError';
    this.status = status;
    this.code = code;
    this.reason = reason;
  }
}

const unreachableWords = 'Choir cannot be reached. Check the connection and try again.';

export function unreachable(): RequestError {
  return new RequestError(0, unreachableWords);
}

/**
 * One request to Choir's own API, for the person whose page this is: Choir takes it from nobody else, and the page goes when they are not signed in here
 * any more. Throws a RequestError with the server's own words where it gave any.
 */
export async function request(path: string, init?: RequestInit): Promise<Response> {
  let response: Response;
  try {
    // Nothing of the API may be kept, and a browser's cache would make the same question wait behind one that is never answered.
    response = await fetch(path, { cache: 'no-store', ...init, headers: { ...personHeaders(), ...init?.headers } });
  } catch (error) {
    if (init?.signal?.aborted) throw error;
    throw unreachable();
  }
  if (!response.ok) throw takeRefusal(response.status, await response.json().catch(() => null));
  return response;
}

export async function requestJson<Body>(path: string, init?: RequestInit): Promise<Body> {
  const response = await request(path, { ...init, headers: { accept: 'application/json', ...init?.headers } });
  return (await response.json()) as Body;
}

/** Sends `body` as JSON, where only whether it was taken counts. */
export function send(path: string, body: unknown, method = 'POST', init?: RequestInit): Promise<Response> {
  const headers = { accept: 'application/json', 'content-type': 'application/json', ...init?.headers };
  return request(path, { ...init, method, headers, body: JSON.stringify(body) });
}

export async function sendJson<Body>(...sent: Parameters<typeof send>): Promise<Body> {
  return (await (await send(...sent)).json()) as Body;
}

/** The words to show for a failure of any kind. */
export function explainFailure(error: unknown): string {
  return error instanceof RequestError ? error.message : unreachableWords;
}

/** Whether Choir says that there is no such thing. What stands before it says 404 of everything while Choir is away. */
export function isNotFound(error: unknown): boolean {
  return error instanceof RequestError && error.code === 'not-found';
}

type Problem = { detail?: unknown; title?: unknown; reason?: unknown; code?: unknown };

/** What Choir answered instead, in the words of its problem document where it is one. Leaves a page whose person is not signed in here any more. */
export function takeRefusal(status: number, problem: Problem | null): RequestError {
  if (status === 401 && pagePerson()) leavePage(problem?.reason === 'another-person' ? problem.reason : 'door');
  const words = [problem?.detail, problem?.title].find((said) => typeof said === 'string' && said);
  return new RequestError(status, words ? `${words}` : `Choir refused this (${status}).`, problem ?? {});
}
