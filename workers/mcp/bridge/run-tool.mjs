import { spawn } from 'node:child_process';
import { createInterface } from 'node:readline';

const timeoutMs = 3 * 60_000;
const heardLimit = 16 * 1024 * 1024;
const saidLimit = 2_000;

/**
 * Starts a server of the sandbox for one call, and ends it with that. `ended` gives `{result}` in the server's own words, or `{how, error}`.
 * @param {{argv: string[], env: Record<string, string>, cwd: string, name: string, input: object}} run
 */
export function runTool({ argv: [command, ...args], env, cwd, name, input }) {
  const server = spawn(command, args, { cwd, env: { ...process.env, ...env }, stdio: 'pipe', detached: true });
  const { promise: ended, resolve } = Promise.withResolvers();
  let said = '';
  let heard = 0;
  const stop = () => {
    try {
      process.kill(-server.pid, 'SIGKILL');
    } catch {}
  };
  const end = (outcome) => {
    clearTimeout(late);
    resolve(outcome);
    stop();
  };
  const late = setTimeout(() => end({ how: 'timed-out', error: `It did not answer within ${timeoutMs / 1_000} s.` }), timeoutMs);
  const request = (id, method, params) => server.stdin.write(`${JSON.stringify({ jsonrpc: '2.0', id, method, params })}\n`);

  server.on('error', (error) => end({ how: 'failed', error: error.message }));
  server.on('close', (code) => end({ how: 'interrupted', error: `It ended with exit code ${code}. ${said}`.trim() }));
  server.stdin.on('error', () => {});
  server.stderr.on('data', (chunk) => {
    said = (said + chunk).slice(-saidLimit);
  });
  server.stdout.on('data', (chunk) => {
    heard += chunk.length;
    if (heard > heardLimit) end({ how: 'interrupted', error: 'It said far more than it was asked for.' });
  });
  createInterface({ input: server.stdout }).on('line', (line) => {
    const message = readMessage(line);
    if (message?.method !== undefined) return;
    if (message?.error && (message.id === 1 || message.id === 2)) end({ how: 'failed', error: String(message.error.message) });
    else if (message?.id === 2) end({ result: message.result });
    else if (message?.id === 1) {
      request(undefined, 'notifications/initialized');
      request(2, 'tools/call', { name, arguments: input });
    }
  });
  const params = { protocolVersion: '2025-06-18', capabilities: {}, clientInfo: { name: 'choir', version: '1' } };
  request(1, 'initialize', params);
  return { ended, stop };
}

/** Many servers log to their standard output. */
function readMessage(line) {
  try {
    return line.startsWith('{') ? JSON.parse(line) : null;
  } catch {
    return null;
  }
}
