import { File, FileText, type LucideIcon, MessageSquare, MessagesSquare } from 'lucide-react';
import Link from 'next/link';
import type { ReactNode } from 'react';
import type { Found } from '#lib/search/search.ts';
import type { FoundFile } from '#lib/search/search-files.ts';
import { PathText } from '../base/hostile-text.tsx';
import { Ago } from '../base/moment.tsx';
import { filesHref } from '../files/file-place.ts';
import { lineHash } from '../files/line-change.ts';
import { MarkedText } from './marked-text.tsx';

export function SearchResults({ found: { threads, events, files, partial } }: { found: Found }) {
  return (
    <div className="space-y-5">
      <Results title="Threads" count={threads.length}>
        {threads.map(({ threadId, match, projectName, at }) => (
          <Result key={threadId} href={`/threads/${threadId}`} Icon={MessagesSquare} line={<MarkedText match={match} prose />} at={at}>
            {projectName}
          </Result>
        ))}
      </Results>
      <Results title="Said and done" count={events.length}>
        {events.map(({ threadId, seq, match, title, at }) => (
          <Result
            key={`${threadId} ${seq}`}
            href={`/threads/${threadId}?at=${seq}`}
            Icon={MessageSquare}
            line={<MarkedText match={match} prose />}
            at={at}
          >
            {title}
          </Result>
        ))}
      </Results>
      <Results title="Files" count={files.length}>
        {files.map((file) => (
          <Result
            key={`${file.projectId} ${file.path} ${file.line}`}
            href={hrefOf(file)}
            Icon={file.line === null ? File : FileText}
            line={<MarkedText match={file.match} />}
            mono
          >
            {file.projectName}
            {file.line !== null && (
              <>
                {' · '}
                <PathText path={file.path} />:{file.line}
              </>
            )}
          </Result>
        ))}
      </Results>
      {partial && <p className="px-3 text-ink-soft text-sm">Not all files could be looked through. There are too many for one search.</p>}
    </div>
  );
}

function hrefOf({ projectId, threadId, path, line }: FoundFile): string {
  if (!threadId) return `/projects/${projectId}`;
  return `${filesHref({ threadId, path })}${line === null ? '' : lineHash({ from: line, to: line })}`;
}

function Results({ title, count, children }: { title: string; count: number; children: ReactNode }) {
  if (count === 0) return null;
  return (
    <section aria-label={title}>
      <h2 className="px-3 pb-1 font-semibold text-ink-soft text-xs">{title}</h2>
      <ul>{children}</ul>
    </section>
  );
}

type ResultProps = { href: string; Icon: LucideIcon; line: ReactNode; at?: string; mono?: boolean; children: ReactNode };

function Result({ href, Icon, line, at, mono = false, children }: ResultProps) {
  return (
    <li>
      <Link href={href} prefetch={false} className="flex min-h-14 items-start gap-3 rounded-control px-3 py-2.5 hover:bg-sunken">
        <Icon className="mt-0.5 size-4.5 shrink-0 text-ink-soft" aria-hidden />
        <span className="contained min-w-0 flex-1">
          <span className={`line-clamp-3 ${mono ? 'font-mono text-[0.8125rem] leading-5' : 'text-[0.9375rem]'}`}>{line}</span>
          <span className="flex text-ink-soft text-sm">
            <span className="min-w-0 truncate">{children}</span>
            {at && (
              <span className="shrink-0 whitespace-pre">
                {' · '}
                <Ago at={at} />
              </span>
            )}
          </span>
        </span>
      </Link>
    </li>
  );
}
