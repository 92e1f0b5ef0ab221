'use client';

import { GitCommitVertical, Link2, MessagesSquare } from 'lucide-react';
import Link from 'next/link';
import type { LedgerEvent } from '#lib/core/event.ts';
import { agentName } from '#lib/core/words/agent-name.ts';
import { FileList } from '../base/file-list.tsx';
import { HostileText, OutputBox } from '../base/hostile-text.tsx';
import { Moment } from '../base/moment.tsx';
import { useThreadActions } from '../thread/thread-context.tsx';
import { type Detail, detailEvent } from './detail-event.ts';

const way = 'inline-flex min-h-11 items-center gap-1.5 rounded-control px-2 text-ink-soft text-sm hover:bg-sunken hover:text-ink';

/** All that one event holds, and the ways from it. */
export function EventDetails({ event }: { event: LedgerEvent }) {
  const { threadId, openCheckpoint } = useThreadActions();
  const { seq, actor, agentId, via, type, at } = event;
  return (
    <div className="space-y-3 border-line border-b bg-raised px-4 pt-3 pb-1">
      <p className="tabular flex flex-wrap gap-x-3 text-ink-soft text-xs">
        <span>no. {seq}</span>
        <span>{type}</span>
        <span>
          {actor === 'agent' ? agentName(agentId ?? 'the agent') : actor === 'person' ? `a person${via ? `, by ${via}` : ''}` : 'Choir'}
        </span>
        <Moment at={at} />
      </p>
      {detailEvent(event).map((detail, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: the parts of an event never change
        <DetailView key={index} detail={detail} />
      ))}
      <details className="group">
        <summary className="inline-flex min-h-11 items-center gap-1.5 text-ink-soft text-sm">
          <span className="transition-transform duration-100 group-open:rotate-90" aria-hidden>
            ›
          </span>
          JSON
        </summary>
        <OutputBox label="The event as JSON" text={JSON.stringify(event, null, 2)} tall />
      </details>
      <div className="-mx-2 flex flex-wrap">
        <Link href={`/threads/${threadId}?at=${seq}`} className={way}>
          <MessagesSquare className="size-4" aria-hidden />
          In the conversation
        </Link>
        {event.type === 'checkpoint.created' && (
          <button
            type="button"
            onClick={() => openCheckpoint({ ...event.data, seq, at, actor, runId: event.runId, hidden: [] })}
            className={way}
          >
            <GitCommitVertical className="size-4" aria-hidden />
            Checkpoint #{event.data.number}
          </button>
        )}
        <Link href={`/threads/${threadId}/timeline?at=${seq}`} className={way}>
          <Link2 className="size-4" aria-hidden />
          Link to this
        </Link>
      </div>
    </div>
  );
}

function DetailView({ detail }: { detail: Detail }) {
  if (detail.kind === 'changes') return <FileList changes={detail.changes} limit={20} />;
  return (
    <div>
      <p className="contained mb-0.5 text-ink-soft text-xs">
        <HostileText text={detail.label} />
      </p>
      {detail.kind === 'box' ? (
        <OutputBox label={detail.label} text={detail.text} tall />
      ) : (
        <p className="contained whitespace-pre-wrap text-sm">
          <HostileText text={detail.text} />
        </p>
      )}
    </div>
  );
}
