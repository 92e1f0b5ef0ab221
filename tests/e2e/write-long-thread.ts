import { readServiceAddresses } from '#bin/start/environment.ts';
import { ensureOwner } from '#lib/auth/ensure-owner.ts';
import type { Command } from '#lib/core/decide.ts';
import { newId } from '#lib/core/new-id.ts';
import { openServices } from '#lib/open-services.ts';
import { createProject } from '#lib/projects/create-project.ts';
import { readSettings } from '#lib/settings.ts';
import { lockThread } from '#lib/threads/lock-thread.ts';
import { checkpoint, openThread } from '#tests/build-thread.ts';
import type { Installation } from '#tests/installation.ts';

const messagesPerRun = 100;
const code = '\n\n```typescript\nexport const cached = true;\n```';
const agent = { actor: 'agent', agentId: 'rules' } as const;

/** A finished thread of `runs` runs, each a goal, a hundred calls with a message after each, and an end. Message n says "Message n.", the last of a run with code. */
export async function writeLongThread({ home }: Installation, runs: number): Promise<{ threadId: string; firstSeqOfRun: number[] }> {
  const services = await openServices(readSettings({ ...process.env, ...readServiceAddresses(home), CHOIR_HOME: home.root }), 'test');
  try {
    const { workspaceId, userId } = await ensureOwner(services);
    const actor = { kind: 'person', userId, workspaceId, role: 'owner', via: 'api', credentialId: 'tk_test' } as const;
    const person = { actor: 'person', userId, via: 'pwa' } as const;
    const project = await createProject({ ...services, actor }, { name: `Long ${newId('pr')}`, from: { template: 'blank' } });
    const threadId = newId('th');
    const lock = await lockThread(services.database, threadId, 1_000);
    const firstSeqOfRun: number[] = [];
    let seq = 0;
    const write = async (author: Parameters<typeof services.ledger.command>[1], commands: Command[]) => {
      const written = await services.ledger.command(threadId, author, commands);
      if (!written.ok) throw new Error(written.message);
      seq = written.state.seq;
    };
    for (let run = 0; run < runs; run += 1) {
      const runId = newId('ru');
      const goal = `Chapter ${run + 1}: make part ${run + 1} of the shop faster`;
      const [create, give] = openThread({ workspaceId, runId, goal });
      if (create?.type !== 'create-thread' || !give) throw new Error('A thread is created, then given a goal.');
      if (run === 0) await write(person, [{ ...create, projectId: project.id }]);
      firstSeqOfRun.push(seq + 1);
      await write(person, [give, { type: 'take-run', runId, workerId: 'wk_test', reason: 'recovered' }]);
      const calls = Array.from({ length: messagesPerRun }, (_, index) => callCommands(runId, run * messagesPerRun + index));
      await write(agent, calls.flat());
      await write(agent, [{ type: 'complete-run', runId, summary: `Part ${run + 1} is faster.` }]);
    }
    await lock?.release();
    return { threadId, firstSeqOfRun };
  } finally {
    await services.close();
  }
}

function callCommands(runId: string, index: number): Command[] {
  const callId = `ca_${index}`;
  const path = `src/features/catalogue/listing/item-card-${index}.ts`;
  const lines = index % 10 === 0 ? 300 : 2;
  const isLast = index % messagesPerRun === messagesPerRun - 1;
  const done = { status: 'succeeded' as const, stderr: '', returncode: null, error: null, artifacts: [], duration_ms: 12 };
  return [
    {
      type: 'propose-call',
      runId,
      callId,
      call: { tool: 'read_file', args: { path } },
      explanation: `Read item card ${index}`,
      verdict: { decision: 'allow', reach: 'tree', rule: 'test', reason: 'Reading is free.' },
    },
    { type: 'start-call', runId, callId, network: false },
    {
      type: 'finish-call',
      runId,
      callId,
      result: { ...done, stdout: `line of ${path}\n`.repeat(lines) },
      ...(index % 10 === 0
        ? { checkpoint: checkpoint({ number: index / 10 + 1, kind: 'step', label: `Card ${index}`, checkpointId: newId('cp') }) }
        : {}),
    },
    {
      type: 'post-message',
      runId,
      text: `Message ${index}. The card renders **once**:\n\n- no second query\n- \`item-card-${index}\` is cached${isLast ? code : ''}`,
    },
  ];
}
