import { readServiceAddresses } from '#bin/start/environment.ts';
import { ensureOwner } from '#lib/auth/ensure-owner.ts';
import type { Person } from '#lib/auth/require-person.ts';
import type { Context } from '#lib/context.ts';
import { newId } from '#lib/core/new-id.ts';
import { connectDatabase } from '#lib/db/connect-database.ts';
import { openServices } from '#lib/open-services.ts';
import { createProject } from '#lib/projects/create-project.ts';
import { readSettings } from '#lib/settings.ts';
import { lockThread } from '#lib/threads/lock-thread.ts';
import { openThread, person } from '#tests/build-thread.ts';
import type { Installation } from '#tests/installation.ts';

/** A thread with a run that works, held so that no worker of the installation takes it. `close` ends the run and lets go. */
export type HeldThread = { threadId: string; runId: string; close(): Promise<void> };

/** The bench as one more process of a running installation. */
export type Session = { installation: Installation; context: Context; holdThread(): Promise<HeldThread>; close(): Promise<void> };

export async function openSession(installation: Installation): Promise<Session> {
  const { home } = installation;
  const settings = readSettings({ ...process.env, ...readServiceAddresses(home), CHOIR_HOME: home.root });
  const services = await openServices(settings, 'bench');
  const { workspaceId, userId } = await ensureOwner(services);
  const actor: Person = { kind: 'person', userId, workspaceId, role: 'owner', via: 'api', credentialId: 'tk_bench' };
  const context: Context = { ...services, actor };
  const project = await createProject(context, { name: 'Bench', from: { template: 'blank' } });
  // Each lock keeps a connection for itself: they must not come out of the pool that is measured.
  const locks = connectDatabase(settings.DATABASE_URL);

  return {
    installation,
    context,
    async holdThread() {
      const threadId = newId('th');
      const runId = newId('ru');
      const lock = await lockThread(locks, threadId, 1_000);
      if (!lock) throw new Error('Somebody holds a thread that is not there yet.');
      const opening = openThread({ workspaceId, runId, goal: 'Measure' });
      const commands = opening.map((command) => (command.type === 'create-thread' ? { ...command, projectId: project.id } : command));
      await services.ledger.command(threadId, person, [
        ...commands,
        { type: 'take-run', runId, workerId: 'wk_bench', reason: 'recovered' },
      ]);
      return {
        threadId,
        runId,
        async close() {
          await services.ledger.command(threadId, person, [{ type: 'cancel-run', reason: 'Measured' }]);
          await lock.release();
        },
      };
    },
    async close() {
      await locks.close();
      await services.close();
    },
  };
}
