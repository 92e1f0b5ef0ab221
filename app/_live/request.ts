/** What the server answered instead of doing it. `status` 0: it could not be reached. `message` is for the person. */
export class RequestError extends Error {
  readonly status: number;
  constructor(status: number, message: string) {
    super(message);
    this.name = 'RequestError';
    this.status = status;
  }
}

const unreachableWords = 'Choir cannot be reached. Check the connection and try again.';

export function unreachable(): RequestError {
  return new RequestError(0, unreachableWords);
}

/** One request to Choir's own API. Throws a RequestError with the server's own words where it gave any. */
export async function request(path: string, init?: RequestInit): Promise<Response> {
  let response: Response;
  try {
    // Nothing of the API may be kept, and a browser's cache would make the same question wait behind one that is never answered.
    response = await fetch(path, { credentials: 'same-origin', cache: 'no-store', ...init });
  } catch (error) {
    if (init?.signal?.aborted) throw error;
    throw unreachable();
  }
  if (!response.ok) throw new RequestError(response.status, await readProblem(response));
  return response;
}

export async function requestJson<Body>(path: string, init?: RequestInit): Promise<Body> {
  const response = await request(path, { ...init, headers: { accept: 'application/json', ...init?.headers } });
  return (await response.json()) as Body;
}

export function sendJson<Body>(path: string, body: unknown, method = 'POST', init?: RequestInit): Promise<Body> {
  const headers = { 'content-type': 'application/json', ...init?.headers };
  return requestJson<Body>(path, { ...init, method, headers, body: JSON.stringify(body) });
}

/** The words to show for a failure of any kind. */
export function explainFailure(error: unknown): string {
  return error instanceof RequestError ? error.message : unreachableWords;
}

async function readProblem(response: Response): Promise<string> {
  try {
    const problem = (await response.json()) as { detail?: unknown; title?: unknown };
    for (const words of [problem.detail, problem.title]) if (typeof words === 'string' && words) return words;
  } catch {
    // Not a problem document: the status alone must do.
  }
  return `Choir refused this (${response.status}).`;
}
