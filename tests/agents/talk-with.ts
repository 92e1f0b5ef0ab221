import { expect } from 'vitest';
import { type AnswerApproval, answerApproval } from '#lib/approvals/answer-approval.ts';
import type { LedgerEvent } from '#lib/core/event.ts';
import { openApprovals } from '#lib/core/state.ts';
import { readEvents } from '#lib/ledger/read-events.ts';
import type { testWorker } from '#tests/test-worker.ts';

type Bench = Awaited<ReturnType<typeof testWorker>>;
type Thread = Awaited<ReturnType<Bench['open']>>;

/** What a test hears of a thread, and answers in it. */
export function talkWith({ context }: Bench) {
  async function onlyApproval(thread: Thread) {
    const [approval, ...others] = openApprovals(await thread.state());
    expect(others).toEqual([]);
    if (!approval) throw new Error(`No approval is open: ${(await thread.state()).run?.outcome}`);
    return approval;
  }
  return {
    onlyApproval,
    /** Answers the one question that is open, and works on. */
    async answer(thread: Thread, decision: AnswerApproval['decision'], note = '') {
      await answerApproval(context, { approvalId: (await onlyApproval(thread)).approvalId, decision, note });
      await thread.work();
    },
    async eventsOf<Type extends LedgerEvent['type']>(thread: Thread, type: Type) {
      const all: Extract<LedgerEvent, { type: Type }>[] = [];
      for await (const batch of readEvents(context.database, thread.threadId, { type }))
        all.push(...(batch as Extract<LedgerEvent, { type: Type }>[]));
      return all;
    },
  };
}
