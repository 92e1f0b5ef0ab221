import { afterAll } from 'vitest';
import { ensureOwner } from '#lib/auth/ensure-owner.ts';
import type { Person } from '#lib/auth/require-person.ts';
import { connectBus } from '#lib/bus/connect-bus.ts';
import type { Context } from '#lib/context.ts';
import { providerIds } from '#lib/core/model-call.ts';
import { newId } from '#lib/core/new-id.ts';
import { connectDatabase } from '#lib/db/connect-database.ts';
import { createLedger } from '#lib/ledger/create-ledger.ts';
import { createProject } from '#lib/projects/create-project.ts';
import { type CreateThread, createThread } from '#lib/threads/create-thread.ts';
import type { Agent } from '#workers/agents/agent.ts';
import { openGateway } from '#workers/gateway/gateway-access.ts';
import type { Worker } from '#workers/run/run-context.ts';
import { workRun } from '#workers/run/work-run.ts';
import { createLocalSandbox } from '#workers/sandbox/local/create-local-sandbox.ts';
import { findSandboxTools } from '#workers/sandbox/local/find-tools.ts';
import { type Respond, testModels } from './models/model-services.ts';
import { testModelSetup } from './models/model-setup.ts';
import { testDatabase, testHome, testNats } from './services.ts';

/**
 * Real services and the real sandbox, with the queue left out: a test says itself when a worker takes the run. With `respond` there are models:
 * a real gateway, and that script behind it.
 */
export async function testWorker({ respond, namespaces, chunkSize }: { respond?: Respond; namespaces?: boolean; chunkSize?: number } = {}) {
  const database = connectDatabase(await testDatabase());
  const nats = await testNats();
  const bus = await connectBus({ url: nats.url, credsFile: nats.credsFile, name: 'test' });
  const ledger = createLedger({ database, bus });
  const home = await testHome();
  const models = testModelSetup(respond ? providerIds : []);
  const services = { database, bus, ledger, home, models };
  const sandbox = await createLocalSandbox({ home, tools: findSandboxTools(home.tools) });
  const { workspaceId, userId } = await ensureOwner(services);
  const actor: Person = { kind: 'person', userId, workspaceId, role: 'owner', via: 'api', credentialId: 'tk_test' };
  const context: Context = { ...services, actor };
  afterAll(async () => {
    await sandbox.close();
    await ledger.close();
    await bus.close();
    await database.close();
  });

  const scripted = respond ? await testModels(services, respond, {}, { namespaces, chunkSize }) : null;
  const gateway = scripted?.gateway ?? openGateway({ home, providers: [] });

  return {
    context,
    home,
    sandbox,
    models: scripted,
    /** For a process of its own on the same services. */
    environment: { DATABASE_URL: database.url, NATS_URL: nats.url, NATS_CREDS: nats.credsFile, CHOIR_HOME: home.root },
    /** A thread whose run waits in the queue for `work`, on a project of its own unless one is named. */
    async open(agent: Agent, { goal = 'Do it', ...options }: Partial<CreateThread> = {}) {
      const projectId = options.projectId ?? (await createProject(context, { name: newId('pr'), from: { template: 'blank' } })).id;
      const { threadId, runId } = await createThread(context, { ...options, projectId, goal });
      const { run } = await ledger.load(threadId);
      const agents = new Map([[run?.agent ?? '', agent]]);
      const worker: Worker = { ...services, workerId: newId('wk'), sandbox, agents, gateway };
      return {
        threadId,
        runId,
        projectId,
        tree: home.tree(threadId),
        state: () => ledger.load(threadId),
        /** Works on the thread's newest run until it waits or ends, as a worker that got the job. */
        async work(signal: AbortSignal = new AbortController().signal) {
          const newest = (await ledger.load(threadId)).run?.runId ?? runId;
          await workRun(worker, { threadId, runId: newest, key: newId('ev') }, signal);
        },
      };
    },
  };
}
