import type { ThreadState } from '#lib/core/state.ts';
import { unescapeMarkdown } from '#lib/core/words/unescape-markdown.ts';
import { exitCodes } from '../cli-error.ts';
import type { Client } from '../client.ts';
import type { Command } from '../command.ts';
import { listThreadRows, readThread } from '../find-thread.ts';
import { parseOptions } from '../parse-options.ts';
import { cleanLine, cleanText } from '../render/clean-text.ts';
import { describeApproval } from '../render/describe-approval.ts';
import { describeBill, describeStanding, headed } from '../render/describe-event.ts';
import { describePlan } from '../render/describe-plan.ts';
import type { Terminal } from '../terminal.ts';
import type { OpenApproval } from '../wire.ts';

export const status: Command = {
  usage: 'status [THREAD] [--json]',
  about: 'what runs now and what waits for you; with a thread, where it stands',
  async run({ client, terminal }, args) {
    const { values, positionals } = parseOptions(args, { json: { type: 'boolean', default: false } }, 1);
    const [threadId] = positionals;
    const state = threadId ? await readThread(client, threadId) : null;
    const approvals = await readApprovals(client, threadId);
    const threads = threadId ? [] : await listThreadRows(client);
    if (values.json) {
      terminal.print(JSON.stringify(state ?? { approvals, threads }));
      return exitCodes.completed;
    }
    const working = threads.filter(({ runStatus }) => runStatus === 'running' || runStatus === 'queued');
    if (state) printThread(terminal, state);
    for (const approval of approvals) printApproval(terminal, approval, state === null);
    for (const row of working)
      terminal.print(`${terminal.style.blue(row.runStatus ?? '')}  ${cleanLine(row.title)}  ${terminal.style.dim(row.id)}`);
    if (!state && working.length + approvals.length === 0) {
      terminal.print(`Nothing runs and nothing waits for you. ${terminal.style.dim(client.url)}`);
    }
    return exitCodes.completed;
  },
};

async function readApprovals(client: Client, threadId: string | undefined): Promise<OpenApproval[]> {
  const { approvals } = await client.get<{ approvals: OpenApproval[] }>('/api/approvals');
  return approvals.filter((approval) => !threadId || approval.threadId === threadId);
}

function printThread({ print, style }: Terminal, state: ThreadState): void {
  print(`${style.bold(cleanLine(state.title))}  ${style.dim(`${cleanLine(state.projectName)} · ${state.threadId}`)}`);
  print(state.run ? headed(describeStanding(state.run, style), cleanText(unescapeMarkdown(state.run.outcome ?? '')).trim()) : 'no run yet');
  for (const line of [...describePlan(state.run?.steps ?? [], style), ...describeBill(state, style)]) print(line);
  const current = state.checkpoints.find(({ checkpointId }) => checkpointId === state.currentCheckpointId);
  if (current) print(style.dim(`at checkpoint #${current.number}: ${cleanLine(current.name ?? current.label)}`));
}

function printApproval({ print, style }: Terminal, approval: OpenApproval, withTitle: boolean): void {
  print('');
  if (withTitle) print(style.dim(`${cleanLine(approval.threadTitle)} · ${approval.threadId}`));
  for (const line of describeApproval(approval, style)) print(line);
}
