import type { RefusalReason } from '#lib/core/decide/decision.ts';
import { DomainError, type ErrorCode } from '#lib/core/domain-error.ts';
import type { CommandResult } from '#lib/ledger/create-ledger.ts';

const codes: Record<RefusalReason, ErrorCode> = {
  'already-exists': 'conflict',
  'no-thread': 'not-found',
  'run-active': 'conflict',
  'no-active-run': 'conflict',
  'not-this-run': 'conflict',
  'not-this-worker': 'conflict',
  'approval-unknown': 'not-found',
  'approval-closed': 'conflict',
  'checkpoint-moved': 'conflict',
  'checkpoint-unknown': 'not-found',
  'approval-open': 'conflict',
  'call-unknown': 'not-found',
  'call-not-open': 'conflict',
  'step-unknown': 'not-found',
};

/** The result of a command that a person gave, or the refusal as a `DomainError`. */
export function accepted(result: CommandResult): Extract<CommandResult, { ok: true }> {
  if (result.ok) return result;
  throw new DomainError(codes[result.reason], result.message, { reason: result.reason });
}
