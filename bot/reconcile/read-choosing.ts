import { openApprovals, type ThreadState } from '#lib/core/state.ts';
import { readTicks, untouchedTicks } from '#lib/telegram/ticks.ts';
import type { BotServices } from '../bot-services.ts';
import type { Choosing } from '../render/choosing.ts';

/** What may be chosen on the open questions of a thread, and what is ticked on them in this chat. A question whose changes cannot be read is answered whole. */
export async function readChoosing(services: BotServices, state: ThreadState, chatId: number): Promise<Map<string, Choosing>> {
  const asked = await Promise.all(
    openApprovals(state).map(async (approval) => {
      const files = await services.choosableFiles(state, approval).catch((error: unknown) => {
        services.log(`What ${approval.approvalId} shows could not be read`, error);
        return [];
      });
      return { approvalId: approval.approvalId, actionHash: approval.action.hash, files };
    }),
  );
  const offered = asked.filter(({ files }) => files.length > 0);
  const ticks = await readTicks(services, chatId, offered);
  return new Map(offered.map(({ approvalId, files }) => [approvalId, { ...(ticks.get(approvalId) ?? untouchedTicks), files }]));
}
