'use client';

import { FileDiff, Globe, ShieldOff } from 'lucide-react';
import Link from 'next/link';
import type { ApprovalState } from '#lib/core/state.ts';
import type { ToolCall, ToolName, ToolResult } from '#lib/core/tool.ts';
import { describeBody, describeCall, describeResult } from '#lib/core/words/describe-call.ts';
import { describeLimit, describeReached } from '#lib/core/words/describe-limit.ts';
import { buttonClass } from '../base/button.tsx';
import { countFiles, LineCounts } from '../base/change-counts.tsx';
import { HostileText, OutputBox, PathText } from '../base/hostile-text.tsx';
import { stopWhereItScrolls } from '../base/stop-where-it-scrolls.ts';
import { Warning } from '../base/warning.tsx';
import { useThreadActions } from '../thread/thread-context.tsx';
import { EffectFiles } from './effect-files.tsx';

/** What exactly is asked: the call, where it runs, what it may reach, and what it did where that is known. */
export function PinnedActionView({ approval }: { approval: ApprovalState }) {
  const { threadId } = useThreadActions();
  const { call, steps, cwd, network, effect, budget, screen } = approval.action;
  return (
    <div className="space-y-3 px-4 pt-3">
      {call && <CallText call={call} />}
      {call?.tool === 'run_command' && cwd !== '.' && (
        <p ref={stopWhereItScrolls} className="contained max-h-16 overflow-y-auto text-ink-soft text-xs">
          in <PathText path={cwd} />
        </p>
      )}
      {steps && !(call && steps.length === 1) && (
        <ol ref={stopWhereItScrolls} className="scrollbar-quiet contained max-h-64 list-decimal space-y-1 overflow-y-auto pl-7 text-sm">
          {steps.map((step) => (
            <li key={step.step_id}>
              <HostileText text={step.title} />
            </li>
          ))}
        </ol>
      )}
      {screen !== undefined && <OutputBox label="Screen" text={screen} tall />}
      {budget && (
        <p className="tabular text-sm">{approval.answer || approval.withdrawn ? describeReached(budget) : describeLimit(budget)}</p>
      )}
      {network && <Warning Icon={Globe}>It reaches the network. What it does there stays done, whatever you take back later.</Warning>}
      {approval.kind === 'unisolated' && (
        <Warning Icon={ShieldOff}>This machine has no sandbox: it runs with everything you can do here.</Warning>
      )}
      {effect && (
        <div className="space-y-2 border-line border-t pt-3">
          <div className="flex items-center justify-between gap-2 text-sm">
            <p className="tabular font-medium">
              {effect.changes.fileCount === 0 ? 'It changed no file' : <>It changed {countFiles(effect.changes)} </>}
              {effect.changes.fileCount > 0 && <LineCounts {...effect.changes} />}
            </p>
            {effect.changes.fileCount > 0 && (
              <Link href={`/threads/${threadId}/changes?to=${approval.approvalId}`} prefetch={false} className={buttonClass('quiet')}>
                <FileDiff className="size-4" aria-hidden />
                Diff
              </Link>
            )}
          </div>
          {effect.changes.fileCount + effect.changes.leftOut.length > 0 && (
            <EffectFiles approvalId={approval.approvalId} changes={effect.changes} />
          )}
          {effect.result && <EffectOutput tool={call?.tool} result={effect.result} />}
        </div>
      )}
      {waitsToRun(approval) && <p className="text-ink-soft text-xs">It has not run yet.</p>}
    </div>
  );
}

function waitsToRun({ kind, action, answer }: ApprovalState): boolean {
  return action.call !== undefined && !action.effect && !answer && kind !== 'plan' && kind !== 'recovery';
}

function CallText({ call }: { call: ToolCall }) {
  const { verb, object, code } = describeCall(call, 'doing');
  const body = describeBody(call);
  if (call.tool === 'run_command') return <OutputBox label="Command" text={call.args.command} ordered />;
  return (
    <div className="space-y-2">
      <p ref={stopWhereItScrolls} className="contained max-h-24 overflow-y-auto text-sm">
        {verb} {code ? <PathText path={object} /> : object}
      </p>
      {body && <OutputBox label={body.label} text={body.text} />}
    </div>
  );
}

function EffectOutput({ tool, result }: { tool: ToolName | undefined; result: ToolResult }) {
  const output = [result.stdout, result.stderr].filter(Boolean).join('\n');
  const ended = describeResult(tool, result);
  return (
    <div>
      <p className="tabular mb-1 text-ink-soft text-xs">Output{ended && ` · ${ended}`}</p>
      {output ? <OutputBox label="Output" text={output} /> : <p className="text-ink-soft text-sm">It wrote nothing.</p>}
    </div>
  );
}
