import { setTimeout as sleep } from 'node:timers/promises';
import { newId } from '#lib/core/new-id.ts';
import { sweepOutbox } from '#lib/ledger/relay.ts';
import { openServices } from '#lib/open-services.ts';
import { readSettings } from '#lib/settings.ts';
import type { Agent } from './agents/agent.ts';
import { createModelAgent } from './agents/model/model-agent.ts';
import { rulesAgent } from './agents/rules/rules-agent.ts';
import { rulesThenModel } from './agents/rules-then-model.ts';
import { terminalAgents } from './agents/terminal-agents.ts';
import { openGateway } from './gateway/gateway-access.ts';
import { keepHouse } from './keep-house.ts';
import { pushSenderOf } from './notify/push-sender-of.ts';
import { startNotifier } from './notify/start-notifier.ts';
import { sweepRuns } from './run/sweep-runs.ts';
import { workRun } from './run/work-run.ts';
import { createLocalSandbox } from './sandbox/local/create-local-sandbox.ts';
import { findSandboxTools } from './sandbox/local/find-tools.ts';
import { parkSessions } from './session/program/park-sessions.ts';
import { stopEndedSessions } from './session/program/stop-ended-sessions.ts';

const concurrency = 4;
const sweepEveryMs = 1_000;
const sweepsPerLook = 30;

const settings = readSettings();
const workerId = newId('wk');
const stop = new AbortController();
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => stop.abort());

const services = await openServices(settings, `choir worker ${workerId}`);
const sandbox = await createLocalSandbox({ home: services.home, tools: findSandboxTools(services.home.tools) });
const modelAgent = createModelAgent({ model: settings.CHOIR_MODEL, openAi: settings.CHOIR_OPENAI_PROTOCOL });
const everyAgent: Agent[] = [rulesThenModel(rulesAgent, modelAgent), modelAgent, ...terminalAgents];
const agents = new Map(everyAgent.map((agent) => [agent.description.id, agent]));
const gateway = openGateway({ home: services.home, providers: settings.CHOIR_MODEL_PROVIDERS });
const worker = { ...services, workerId, sandbox, agents, gateway };

/** One sweep at a time: while NATS is away each takes seconds to fail. */
async function sweepUntilStopped(): Promise<void> {
  for (let sweeps = 0; !stop.signal.aborted; sweeps += 1) {
    for (const swept of await Promise.allSettled([
      sweepOutbox(services),
      sweepRuns(services),
      sweeps % sweepsPerLook === 0 ? parkSessions(worker) : 0,
      sweeps % sweepsPerLook === 0 ? stopEndedSessions(worker) : 0,
    ]))
      if (swept.status === 'rejected')
        console.error(`Sweep failed: ${swept.reason instanceof Error ? swept.reason.message : swept.reason}`);
    await sleep(sweepEveryMs, undefined, { signal: stop.signal }).catch(() => {});
  }
}

const sweeping = sweepUntilStopped();
const keepingHouse = keepHouse(services, stop.signal);
const sender = pushSenderOf(services.home, settings);
const notifier = startNotifier(services, { sender });

console.log(`Worker ${workerId} is ready: sandbox ${sandbox.kind}, isolation ${sandbox.isolation.level}.`);
await services.bus.takeJobs(
  (job, signal) =>
    workRun(worker, job, signal).catch((error: Error) => console.error(`Run ${job.runId} stopped: ${error.stack ?? error.message}`)),
  { signal: stop.signal, concurrency },
);
stop.abort();
await Promise.all([sweeping, keepingHouse, notifier.stop()]);
await sender.close();
await sandbox.close();
await gateway.close();
await services.close();
