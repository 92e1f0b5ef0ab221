import { type ApprovalDecision, type RememberScope, rememberScopes } from '#lib/core/approval.ts';
import { describeAnswer } from '#lib/core/words/describe-answer.ts';
import { sendAnswer } from '../answer.ts';
import { CliError, exitCodes } from '../cli-error.ts';
import type { Client } from '../client.ts';
import type { Command } from '../command.ts';
import { droppedParts } from '../dropped-parts.ts';
import { readThread } from '../find-thread.ts';
import { onlyWord, parseOptions } from '../parse-options.ts';

const usages: Record<ApprovalDecision, string> = {
  approve: 'approve ID [options]',
  reject: 'reject ID [--note "why"]',
  modify: 'modify ID --note "what should change, or be typed"',
};

type Given = { note?: string; remember?: string; keep?: string[]; 'drop-part'?: string[] };

function answer(decision: ApprovalDecision, about: string, details?: string): Command {
  const usage = usages[decision];
  return {
    usage,
    about,
    details,
    async run({ client, terminal }, args) {
      const many = { type: 'string', multiple: true } as const;
      const yes = { remember: { type: 'string' }, keep: many, 'drop-part': many } as const;
      const { values, positionals } = parseOptions(args, { note: { type: 'string' }, ...(decision === 'approve' ? yes : {}) });
      const approvalId = onlyWord(positionals, usage);
      const { note, remember, keep, 'drop-part': parts } = values as Given;
      if (decision === 'modify' && !note?.trim()) throw new CliError(`Say what should change, or what to type: npx choir ${usage}`);
      const dropHunks = parts && (await droppedParts(client, approvalId, parts));
      const given = { keepPaths: keep, dropHunks };
      const { threadId } = await sendAnswer(client, approvalId, decision, { note, remember: parseRemember(remember), ...given });
      // Only the server knows whether what was named is all there is, and what was asked.
      const isTold = keep || parts || decision === 'modify';
      const asked = isTold ? await readApproval(client, { threadId, approvalId }).catch(() => undefined) : undefined;
      terminal.print(`${describeAnswer(asked?.answer ?? { decision, ...given }, asked?.kind ?? null)}.`);
      return exitCodes.completed;
    },
  };
}

async function readApproval(client: Client, { threadId, approvalId }: { threadId: string; approvalId: string }) {
  const { items } = await readThread(client, threadId);
  return items.flatMap((item) => (item.kind === 'approval' && item.approval.approvalId === approvalId ? item.approval : [])).at(-1);
}

function parseRemember(word: string | undefined): RememberScope | undefined {
  if (word === undefined || word === 'once') return undefined;
  const scope = rememberScopes.find((candidate) => candidate === (word === 'always' ? 'workspace' : word));
  if (!scope) throw new CliError('--remember is one of once, run, thread, always.');
  return scope;
}

export const approve = answer(
  'approve',
  'approve an open question',
  `  --note "..."                   words to the agent along with it
  --remember run|thread|always   allow exactly this action from now on: in this run, this thread, or everywhere
  --keep FILE                    keep only this file of what is shown; may be given more than once
  --drop-part FILE:N             keep none of part N of this file, as choir diff --to ID numbers them; may be given more than once

The ids of all open questions: npx choir status`,
);
export const reject = answer('reject', 'reject an open question');
export const modify = answer('modify', 'answer an open question with other instructions, or type into a terminal that waits');
