import type { ApprovalDecision } from '#lib/core/approval.ts';
import { sendAnswer } from '../answer.ts';
import { CliError, exitCodes } from '../cli-error.ts';
import type { Command } from '../command.ts';
import { onlyWord, parseOptions } from '../parse-options.ts';

const said: Record<ApprovalDecision, string> = { approve: 'Approved.', reject: 'Rejected.', modify: 'Sent: the agent plans again.' };

function answer(decision: ApprovalDecision, about: string): Command {
  const usage = decision === 'modify' ? 'modify ID --note "what should change"' : `${decision} ID [--note "why"]`;
  return {
    usage,
    about,
    async run({ client, terminal }, args) {
      const { values, positionals } = parseOptions(args, { note: { type: 'string' } });
      const approvalId = onlyWord(positionals, usage);
      if (decision === 'modify' && !values.note?.trim()) throw new CliError(`Say what should change. Usage: choir ${usage}`);
      await sendAnswer(client, approvalId, decision, values.note);
      terminal.print(said[decision]);
      return exitCodes.completed;
    },
  };
}

export const approve = answer('approve', 'approve an open question');
export const reject = answer('reject', 'reject an open question');
export const modify = answer('modify', 'answer an open question with other instructions');
