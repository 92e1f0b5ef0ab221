'use client';

import {
  Bot,
  ChevronRight,
  CircleAlert,
  FileText,
  FolderTree,
  GitBranch,
  type LucideIcon,
  Pencil,
  Plug,
  Search,
  SquareTerminal,
  Trash2,
} from 'lucide-react';
import { Suspense } from 'react';
import type { ToolName } from '#lib/core/tool.ts';
import { type CallTense, describeCall, describeResult, hasFailed } from '#lib/core/words/describe-call.ts';
import { lastLines } from '../../_live/typing.ts';
import { HostileText } from '../base/hostile-text.tsx';
import { lazyPart } from '../base/lazy-part.ts';
import { untilLoaded } from '../base/until-loaded.ts';
import { useUnfolded } from '../base/use-unfolded.ts';
import { useTyping } from '../thread/thread-context.tsx';
import type { ItemProps } from './item-renderers.tsx';

/** Loaded apart from the page. Call it once the page stands, so that a call can be opened without a network. */
export function loadCallDetails() {
  return untilLoaded(() => import('./call-details.tsx'));
}

const CallDetails = lazyPart(async () => (await loadCallDetails()).CallDetails);

const icons: Record<ToolName, LucideIcon> = {
  read_file: FileText,
  list_files: FolderTree,
  project_structure: FolderTree,
  search_files: Search,
  create_file: Pencil,
  append_file: Pencil,
  edit_file: Pencil,
  apply_patch: Pencil,
  create_folder: FolderTree,
  move_path: Pencil,
  delete_path: Trash2,
  run_command: SquareTerminal,
  git_diff: GitBranch,
  git_log: GitBranch,
  create_checkpoint: GitBranch,
  revert_checkpoint: GitBranch,
  mcp_call: Plug,
  agent_action: Bot,
};

const lineLength = 160;
const liveLines = 4;

export function CallRow({ item }: ItemProps<'call'>) {
  const [open, setOpen] = useUnfolded(item.key);
  const finished = item.status === 'finished';
  const { verb, object, code } = describeCall(item.call, tenseOf(item));
  const failed = item.result !== undefined && hasFailed(item.result);
  const Icon = failed ? CircleAlert : icons[item.call.tool];
  return (
    <div className="-mx-2">
      <button
        type="button"
        onClick={() => setOpen(!open)}
        aria-expanded={open}
        className="flex min-h-11 w-full items-center gap-2.5 rounded-lg px-2 py-1.5 text-left text-sm hover:bg-sunken"
      >
        <Icon
          className={`size-4 shrink-0 ${failed ? 'text-bad' : finished ? 'text-ink-soft' : 'animate-breathe text-accent'}`}
          aria-hidden
        />
        <span className="contained line-clamp-2 min-w-0 flex-1 text-ink-soft">
          {item.status === 'waiting' ? 'Asks: ' : ''}
          {verb}{' '}
          {code ? (
            <bdi dir="ltr" className="font-mono text-[0.8125rem] text-ink">
              <HostileText text={firstLine(object)} />
            </bdi>
          ) : (
            <span className="text-ink">{object}</span>
          )}
        </span>
        {item.result && (
          <span className={`tabular shrink-0 text-xs ${failed ? 'text-bad' : 'text-ink-soft'}`}>
            {item.modified ? 'to be changed' : describeResult(item.call.tool, item.result)}
          </span>
        )}
        <ChevronRight
          className={`size-4 shrink-0 text-line-strong transition-transform duration-100 ${open ? 'rotate-90' : ''}`}
          aria-hidden
        />
      </button>
      {item.status === 'running' && !open && <LiveOutput callId={item.callId} />}
      <Suspense>{open && <CallDetails item={item} />}</Suspense>
    </div>
  );
}

/** The last lines of what the call writes now. Not announced: it would never stop talking. */
function LiveOutput({ callId }: { callId: string }) {
  const typed = useTyping(callId);
  if (!typed) return null;
  return (
    <pre
      dir="ltr"
      aria-hidden
      className="contained mr-2 mb-1 ml-8.5 overflow-hidden whitespace-pre-wrap font-mono text-ink-soft text-xs leading-4.5"
    >
      <HostileText text={lastLines(typed, liveLines)} />
    </pre>
  );
}

function firstLine(text: string): string {
  const line = text.trim().split('\n', 1)[0] ?? '';
  return line.length > lineLength || line.length < text.trim().length ? `${line.slice(0, lineLength)} …` : line;
}

function tenseOf({ status, result }: ItemProps<'call'>['item']): CallTense {
  if (result?.status === 'denied' || result?.status === 'rejected') return 'wanted';
  return status === 'finished' ? 'done' : 'doing';
}
