import { readdir, readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, expect, test } from 'vitest';
import { startProcess } from '#bin/services/service-process.ts';
import { waitUntil } from '#bin/services/wait-until.ts';
import { partCommand } from '#bin/start/start-part.ts';
import { supervise } from '#bin/start/supervise.ts';
import { idleAgent } from '#tests/agents/idle-agent.ts';
import { modelCallsOf } from '#tests/models/model-calls.ts';
import { modelRequests } from '#tests/models/model-requests.ts';
import { scriptedUpstream, sseEvents } from '#tests/models/scripted-upstream.ts';
import { testWorker } from '#tests/test-worker.ts';
import { openGateway } from './gateway-access.ts';

const key = 'the-real-key-4711';
const { context, home, open, environment } = await testWorker();
const upstream = await scriptedUpstream();
const log = join(home.logs, 'gateway.log');
const pids: number[] = [];
const part = await supervise({
  name: 'The model gateway',
  report: () => {},
  start: async () => {
    const running = await startProcess({
      argv: partCommand('gateway'),
      cwd: fileURLToPath(new URL('../..', import.meta.url)),
      log,
      env: { ...process.env, ...environment, ANTHROPIC_API_KEY: key, ANTHROPIC_BASE_URL: upstream.url },
    });
    pids.push(running.pid);
    return running;
  },
});
const gateway = openGateway({ home, providers: ['anthropic'] });
afterAll(async () => {
  await gateway.close();
  await part.stop();
});

const claude = modelRequests[0]!;
const answers = () =>
  waitUntil(
    () =>
      gateway.fetch('http://gateway/', { method: 'HEAD' }).then(
        () => true,
        () => false,
      ),
    { what: 'the gateway did not answer', timeoutMs: 30_000 },
  );

test('a gateway that is killed in the middle of a call serves again, and the call is on the bill', async () => {
  await answers();
  expect((await stat(home.gateway)).mode & 0o777).toBe(0o700);
  const opened = await open(idleAgent);
  const token = gateway.tokenFor(opened);
  const begun = { type: 'message_start', message: { usage: { input_tokens: 30, output_tokens: 1 } } };
  const said = { type: 'content_block_delta', delta: { type: 'text_delta', text: 'word '.repeat(20_000) } };
  upstream.answerWith((response) => response.writeHead(200, { 'content-type': 'text/event-stream' }).write(sseEvents(begun, said)));
  const cut = await claude.send(gateway, token, { stream: true });
  const journal = join(home.run, 'model-calls');
  const [name = ''] = await readdir(journal);
  await expect.poll(() => readFile(join(journal, name), 'utf8')).toContain('"outputTokens":25000');
  process.kill(pids[0]!, 'SIGKILL');
  await expect(cut.text()).rejects.toThrow();

  upstream.answerWith((response) => {
    response.writeHead(200, { 'content-type': 'application/json' });
    response.end(JSON.stringify({ type: 'message', usage: { input_tokens: 10, output_tokens: 2 } }));
  });
  await answers();
  expect((await claude.send(gateway, token)).status).toBe(200);
  await expect
    .poll(() => modelCallsOf(context.database, opened.threadId))
    .toMatchObject([
      { outcome: 'failed', error: expect.stringContaining('killed'), inputTokens: 30, outputTokens: 25_000 },
      { outcome: 'ok', inputTokens: 10, outputTokens: 2 },
    ]);
  expect(pids).toHaveLength(2);
});

test('stopping it ends calls under way, records them, and leaves no key in its log', async () => {
  await answers();
  const opened = await open(idleAgent);
  upstream.answerWith(() => {});
  const asked = claude.send(gateway, gateway.tokenFor(opened));
  const before = upstream.requests.length;
  await waitUntil(() => upstream.requests.length > before, { what: 'no request came', timeoutMs: 30_000 });
  await part.stop();
  await (await asked).text();
  expect(await modelCallsOf(context.database, opened.threadId)).toMatchObject([
    { outcome: 'failed', error: 'The model gateway was stopped.' },
  ]);
  await expect(stat(home.gatewaySocket)).rejects.toThrow('ENOENT');
  expect(await readFile(log, 'utf8')).not.toContain(key);
});
