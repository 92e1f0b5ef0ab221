import { openApprovals, type ThreadState } from '#lib/core/state.ts';
import { askApproval, type Consent, consentTo, sendAnswer } from './answer.ts';
import { CliError } from './cli-error.ts';
import type { Client } from './client.ts';
import type { Terminal } from './terminal.ts';

/** Asks the open approvals of a thread one after the other while it is followed; a question closes when it is answered elsewhere. */
export type Questions = { update(state: ThreadState): void; close(): void };

export function askQuestions(client: Client, terminal: Terminal, { consent, prompt }: { consent: Consent; prompt: boolean }): Questions {
  const seen = new Set<string>();
  let open: { approvalId: string; closed: AbortController } | null = null;
  let latest: ThreadState | null = null;

  function update(state: ThreadState): void {
    latest = state;
    const waiting = openApprovals(state);
    if (open && !waiting.some(({ approvalId }) => approvalId === open?.approvalId)) open.closed.abort();
    if (open) return;
    const approval = waiting.find(({ approvalId }) => !seen.has(approvalId));
    if (!approval) return;
    seen.add(approval.approvalId);
    const closed = new AbortController();
    const consented = consentTo(approval.kind, consent);
    if (!consented && !prompt) {
      const id = approval.approvalId;
      terminal.note(`Waiting for an answer, here or on any device: npx choir approve ${id} · npx choir reject ${id}`);
      update(state);
      return;
    }
    open = { approvalId: approval.approvalId, closed };
    const answering = consented
      ? sendAnswer(client, approval.approvalId, consented)
      : askApproval(client, terminal, { threadId: state.threadId, approval, signal: closed.signal });
    void answering
      .catch((error: unknown) => {
        if (error instanceof CliError) terminal.note(error.message);
        else if (!closed.signal.aborted && !terminal.signal.aborted) throw error;
      })
      .finally(() => {
        open = null;
        if (latest && !terminal.signal.aborted) update(latest);
      });
  }

  return { update, close: () => open?.closed.abort() };
}
