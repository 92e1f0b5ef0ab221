import { afterAll, afterEach, expect, test } from 'vitest';
import { ensureOwner } from '#lib/auth/ensure-owner.ts';
import type { Person } from '#lib/auth/require-person.ts';
import { openServices } from '#lib/open-services.ts';
import { readSettings } from '#lib/settings.ts';
import { testDatabase, testHome, testNats } from '#tests/services.ts';
import { createThread } from './create-thread.ts';
import { getThread } from './get-thread.ts';
import { postMessage } from './post-message.ts';

const [databaseUrl, nats, home] = await Promise.all([testDatabase(), testNats(), testHome()]);
const settings = readSettings({
  NODE_ENV: 'test',
  CHOIR_HOME: home.root,
  DATABASE_URL: databaseUrl,
  NATS_URL: nats.url,
  NATS_CREDS: nats.credsFile,
});
const services = await openServices(settings, 'test');
afterEach(() => void process.kill(nats.pid, 'SIGCONT'));
afterAll(() => services.close());
const { userId, workspaceId } = await ensureOwner(services);
const actor: Person = { kind: 'person', userId, workspaceId, role: 'owner', via: 'api', credentialId: 'tk_test' };
const context = { ...services, actor };

test('a goal and a message are taken while NATS does not answer', async () => {
  process.kill(nats.pid, 'SIGSTOP');
  const { threadId, runId } = await createThread(context, { goal: 'Do it' });
  expect(await postMessage(context, { threadId, text: 'and this' })).toEqual({ runId, as: 'guidance' });
  expect((await getThread(context, { threadId })).run).toMatchObject({ runId, status: 'queued' });
});
