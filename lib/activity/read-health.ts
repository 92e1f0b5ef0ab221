import { statfs } from 'node:fs/promises';
import { requirePerson } from '#lib/auth/require-person.ts';
import { countWaitingJobs, isWorkerPresent } from '#lib/bus/worker-presence.ts';
import type { Context } from '#lib/context.ts';
import { findBot } from '#lib/telegram/register-bot.ts';

/** `nats: false`: NATS did not answer, and nothing is known of workers. `freeBytes` is of the disk that CHOIR_HOME lies on. */
export type Health = {
  nats: boolean;
  workerPresent: boolean;
  waitingJobs: number;
  providers: readonly string[];
  telegramBot: string | null;
  freeBytes: number;
};

/** How the parts of this installation are, as far as this process sees them. */
export async function readHealth(context: Context): Promise<Health> {
  requirePerson(context.actor);
  const [workers, bot, disk] = await Promise.all([
    Promise.all([isWorkerPresent(context.bus), countWaitingJobs(context.bus)]).catch(() => null),
    findBot(context),
    statfs(context.home.root),
  ]);
  return {
    nats: workers !== null,
    workerPresent: workers?.[0] ?? false,
    waitingJobs: workers?.[1] ?? 0,
    providers: context.models.providers,
    telegramBot: bot,
    freeBytes: disk.bavail * disk.bsize,
  };
}
