import type { ApprovalDecision, RememberScope } from '#lib/core/approval.ts';
import type { PartPlace } from '#lib/core/change.ts';
import type { ApprovalState } from '#lib/core/state.ts';
import type { Client } from './client.ts';
import { describeDiff } from './render/describe-diff.ts';
import type { Terminal } from './terminal.ts';

export type Consent = { yes: boolean; yesOutside: boolean };

const undoable: ReadonlySet<ApprovalState['kind']> = new Set(['plan', 'effect', 'action', 'turn']);
const outside: ReadonlySet<ApprovalState['kind']> = new Set(['outside', 'unisolated']);

/** What the flags say to this question, or null when a person must. `--yes` covers what a revert can take back, `--yes-outside` the rest. */
export function consentTo(kind: ApprovalState['kind'], { yes, yesOutside }: Consent): 'approve' | null {
  return (yes && undoable.has(kind)) || (yesOutside && outside.has(kind)) ? 'approve' : null;
}

const asked: Partial<Record<ApprovalState['kind'], string>> = {
  prompt: '  What to type? > ',
  plan: '  What should change? (such as: leave out 2) > ',
};

/** Asks at the terminal until there is an answer, and sends it. Rejects when `signal` aborts: somebody else was faster. */
export async function askApproval(
  client: Client,
  terminal: Terminal,
  { threadId, approval, signal }: { threadId: string; approval: ApprovalState; signal: AbortSignal },
): Promise<unknown> {
  const { approvalId, action } = approval;
  const change = approval.kind === 'prompt' ? '[t]ype' : '[m]odify';
  const choices = ['[a]pprove', '[r]eject', change, ...(action.effect ? ['[d]iff'] : [])].join('  ');
  for (;;) {
    const answer = (await terminal.ask(`  ${choices} > `, signal)).toLowerCase();
    if (answer === 'd' && action.effect) terminal.print(await readDiff(client, threadId, { to: approvalId }));
    else if (answer === 'a' || answer === 'approve') return sendAnswer(client, approvalId, 'approve');
    else if (answer === 'r' || answer === 'reject') return sendAnswer(client, approvalId, 'reject');
    else if (['m', 'modify', 't', 'type'].includes(answer)) {
      const note = await (action.secret
        ? terminal.askSecret('  What to type (not shown)? > ', signal)
        : terminal.ask(asked[approval.kind] ?? '  What should change? > ', signal));
      if (note) return sendAnswer(client, approvalId, 'modify', { note });
    }
  }
}

export type AnswerDetails = { note?: string; remember?: RememberScope; keepPaths?: string[]; dropHunks?: PartPlace[] };

export async function sendAnswer(
  client: Client,
  approvalId: string,
  decision: ApprovalDecision,
  details: AnswerDetails = {},
): Promise<{ threadId: string }> {
  return client.send(`/api/approvals/${encodeURIComponent(approvalId)}`, { decision, ...details });
}

type DiffRange = { from?: string; to?: string; path?: string; oldPath?: string };

/** The unified diff as git wrote it. */
export async function fetchDiff(client: Client, threadId: string, range: DiffRange): Promise<string> {
  const query = new URLSearchParams(Object.entries(range).filter(([, value]) => value !== undefined));
  const response = await client.open(`/api/threads/${encodeURIComponent(threadId)}/diff?${query}`, { accept: 'text/plain' });
  return response.text();
}

/** The same for a terminal. Where a question shows it, its parts have the numbers that `--drop-part` takes. */
export async function readDiff(client: Client, threadId: string, range: DiffRange): Promise<string> {
  return describeDiff(await fetchDiff(client, threadId, range), range.to?.startsWith('ap_') ?? false);
}
