import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { ensureCliToken } from '#lib/auth/ensure-cli-token.ts';
import { serveApi } from './serve-api.ts';
import { testWebServices } from './web-services.ts';

type Given = { input?: string; env?: Record<string, string> };

/** Services with the API before them, and `choir` as a person starts it on that machine. Called at the top level of a test file. */
export async function choirCli() {
  const services = await testWebServices();
  const url = await serveApi(services);
  const tokenFile = await ensureCliToken(services);

  /** `ended` gives its exit code and all it printed. */
  function startChoir(args: string[], { input = '', env = {} }: Given = {}) {
    const environment: NodeJS.ProcessEnv = {
      NODE_ENV: 'production',
      PATH: process.env.PATH,
      CHOIR_HOME: services.home.root,
      CHOIR_URL: url,
      NO_COLOR: '1',
      TZ: 'UTC',
      ...env,
    };
    const child = spawn(process.execPath, ['bin/choir.mjs', ...args], { env: environment });
    child.stdin.end(input);
    let stdout = '';
    let stderr = '';
    child.stdout.setEncoding('utf8').on('data', (text: string) => {
      stdout += text;
    });
    child.stderr.setEncoding('utf8').on('data', (text: string) => {
      stderr += text;
    });
    const ended = once(child, 'close').then(([code]) => ({ code, stdout, stderr }));
    return { child, ended, shown: () => stdout };
  }

  return { services, url, tokenFile, startChoir, choir: (...args: string[]) => startChoir(args).ended };
}
