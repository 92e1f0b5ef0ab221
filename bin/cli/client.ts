import { readFile } from 'node:fs/promises';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { cliTokenPath } from '#lib/auth/cli-token-path.ts';
import { choirHome } from '#lib/home.ts';
import { CliError, exitCodes } from './cli-error.ts';
import { cleanLine } from './render/clean-text.ts';

export type Client = {
  url: string;
  get<Body>(path: string): Promise<Body>;
  send<Body>(path: string, body?: unknown, method?: 'POST' | 'PUT' | 'DELETE'): Promise<Body>;
  /** The answer as it comes, for what is not JSON. Refusals throw as everywhere. */
  open(path: string, options?: { accept?: string; signal?: AbortSignal }): Promise<Response>;
};

/**
 * The server of `CHOIR_URL`, else the one that runs from `CHOIR_HOME`, else the default port; with `CHOIR_TOKEN` or the token that the server left in
 * `CHOIR_HOME/cli-token`. Only HTTP: works the same from another machine.
 */
export async function connectClient(environment: NodeJS.ProcessEnv): Promise<Client> {
  const root = environment.CHOIR_HOME || join(homedir(), '.choir');
  const url = await serverUrl(environment, root);
  const token = environment.CHOIR_TOKEN || (await localToken(environment, root));
  if (!token) {
    const here = isLocal(url) ? 'Start Choir once on this machine (npm start), or set' : 'Set';
    throw new CliError(`No token for ${url}. ${here} CHOIR_TOKEN to one made there with "npx choir token create".`);
  }
  const notValid = environment.CHOIR_TOKEN
    ? `CHOIR_TOKEN is not valid at ${url}: it was revoked, has expired, or is of another server. Make another one there: npx choir token create`
    : `The token in ${cliTokenPath(root)} is not valid at ${url}. Start Choir again to renew it, or set CHOIR_HOME to that server's data folder.`;
  const headers = { authorization: `Bearer ${token}`, 'choir-face': 'cli' };

  async function answered(asking: Promise<Response>): Promise<Response> {
    const response = await asking.catch((error: unknown) => {
      if (error instanceof Error && error.name === 'AbortError') throw error;
      throw new CliError(`Choir does not answer at ${url}. Start it with "npm start" in its checkout, or set CHOIR_URL.`, exitCodes.failed);
    });
    if (response.ok) return response;
    if (response.status === 401) throw new CliError(notValid);
    const problem = (await response.json().catch(() => ({}))) as { detail?: unknown; code?: unknown };
    const detail = typeof problem.detail === 'string' ? cleanLine(problem.detail) : `The server answered ${response.status}.`;
    // What stands before Choir refuses too while Choir is away: without a code.
    throw new CliError(detail, response.status < 500 && problem.code ? exitCodes.refused : exitCodes.failed);
  }

  async function open(path: string, { accept = 'application/json', signal }: { accept?: string; signal?: AbortSignal } = {}) {
    return answered(fetch(`${url}${path}`, { headers: { ...headers, accept }, signal }));
  }
  return {
    url,
    open,
    get: async <Body>(path: string) => (await (await open(path)).json()) as Body,
    async send<Body>(path: string, body?: unknown, method = 'POST') {
      const content = body === undefined ? {} : { body: JSON.stringify(body), headers: { ...headers, 'content-type': 'application/json' } };
      const response = await answered(fetch(`${url}${path}`, { method, headers, ...content }));
      return (response.status === 204 ? undefined : await response.json()) as Body;
    },
  };
}

async function serverUrl(environment: NodeJS.ProcessEnv, root: string): Promise<string> {
  if (environment.CHOIR_URL) {
    if (!URL.canParse(environment.CHOIR_URL)) throw new CliError('CHOIR_URL must be an address such as http://127.0.0.1:3000.');
    return environment.CHOIR_URL.replace(/\/+$/, '');
  }
  const running = await readFile(choirHome(root).webUrl, 'utf8').catch(() => '');
  return URL.canParse(running.trim()) ? running.trim() : `http://127.0.0.1:${environment.PORT || 3000}`;
}

/** The local token belongs to the local server: it is never sent to an address on another machine. */
async function localToken(environment: NodeJS.ProcessEnv, root: string): Promise<string> {
  const given = environment.CHOIR_URL;
  return given && !isLocal(given) ? '' : (await readFile(cliTokenPath(root), 'utf8').catch(() => '')).trim();
}

function isLocal(url: string): boolean {
  return ['127.0.0.1', 'localhost', '[::1]'].includes(new URL(url).hostname);
}
