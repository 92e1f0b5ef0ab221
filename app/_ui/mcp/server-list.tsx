'use client';

import { Globe, PackageCheck, SquareTerminal } from 'lucide-react';
import { useRouter } from 'next/navigation';
import type { ListedMcpServer } from '#lib/mcp/mcp-server.ts';
import { sendJson } from '../../_live/request.ts';
import { sendDelete } from '../../_live/send-delete.ts';
import { Button } from '../base/button.tsx';
import { HostileText } from '../base/hostile-text.tsx';
import { Ago } from '../base/moment.tsx';
import { Notice } from '../base/notice.tsx';
import { useAction } from '../base/use-action.ts';
import { type ClientByHand, SignInByHand } from './sign-in-by-hand.tsx';

const icons = { stdio: SquareTerminal, ready: PackageCheck, http: Globe };

type ServerListProps = { projectId: string; servers: ListedMcpServer[]; removable: boolean };

export function ServerList({ projectId, servers, removable }: ServerListProps) {
  if (servers.length === 0) return <p className="text-ink-soft text-sm">None yet.</p>;
  return (
    <ul className="divide-y divide-line rounded-card border border-line bg-raised">
      {servers.map((server) => (
        <li key={server.name} className="px-4 py-2.5">
          <ServerRow projectId={projectId} server={server} removable={removable} />
        </li>
      ))}
    </ul>
  );
}

function ServerRow({ projectId, server, removable }: { projectId: string; server: ListedMcpServer; removable: boolean }) {
  const router = useRouter();
  const { busy, failure, act } = useAction();
  const { name, kind, about, reach, secrets, signIn } = server;
  const Icon = icons[kind];
  const path = `/api/projects/${encodeURIComponent(projectId)}/mcp-servers/${encodeURIComponent(name)}`;

  async function remove(what: string): Promise<void> {
    await sendDelete(what);
    router.refresh();
  }

  async function leaveToSignIn(client?: ClientByHand): Promise<void> {
    const { url } = await sendJson<{ url: string }>(`${path}/sign-in`, client ? { client } : {});
    window.location.assign(url);
  }

  return (
    <>
      <div className="flex items-start gap-3">
        <Icon className="mt-0.5 size-4.5 shrink-0 text-ink-soft" aria-hidden />
        <div className="contained min-w-0 flex-1">
          <p className="font-medium text-sm">{name}</p>
          <p className={`break-words text-sm ${kind === 'ready' ? '' : 'font-mono text-[0.8125rem]'}`}>
            <HostileText text={about} />
          </p>
          <p className="text-ink-soft text-xs">
            {reach.length > 0 ? `Reaches ${reach.join(', ')}` : 'In the sandbox, without network'}
            {secrets.length > 0 && ` · set: ${secrets.join(', ')}`}
            {signIn === 'done' && ' · signed in'}
          </p>
          {signIn === 'needed' || signIn === 'lapsed' ? (
            <p className="text-warn text-xs">{signIn === 'needed' ? 'Sign-in needed' : 'Its sign-in has lapsed'}</p>
          ) : (
            <FoundTools server={server} />
          )}
        </div>
        {removable && (
          <Button look="danger" busy={busy} onClick={() => act(() => remove(path))} aria-label={`Remove ${name}`}>
            Remove
          </Button>
        )}
      </div>
      {removable && signIn !== null && (
        <div className="mt-2 pl-7.5">
          {signIn === 'done' ? (
            <Button busy={busy} onClick={() => act(() => remove(`${path}/sign-in`))} aria-label={`Sign out of ${name}`}>
              Sign out
            </Button>
          ) : (
            <Button
              look={failure ? 'plain' : 'primary'}
              busy={busy}
              onClick={() => act(() => leaveToSignIn())}
              aria-label={`Sign in to ${name}`}
            >
              Sign in
            </Button>
          )}
        </div>
      )}
      {failure && (
        <div className="mt-2">
          <Notice>{failure}</Notice>
        </div>
      )}
      {/* Choir's own words name it where it helps. */}
      {failure?.includes('client ID') && removable && (signIn === 'needed' || signIn === 'lapsed') && (
        <SignInByHand busy={busy} onSignIn={(client) => act(() => leaveToSignIn(client))} />
      )}
    </>
  );
}

/** What the last run found: its tools fold open, and a server that could not be used then says when and why. */
function FoundTools({ server: { tools, problem, checkedAt } }: { server: ListedMcpServer }) {
  if (problem !== null)
    return (
      <p className="text-warn text-xs">
        Last asked: {checkedAt && <Ago at={checkedAt} />} · could not be used then: <HostileText text={problem} />
      </p>
    );
  if (!tools) return <p className="text-ink-soft text-xs">Asked for its tools when a run begins</p>;
  return (
    <details className="text-ink-soft text-xs">
      <summary className="flex min-h-11 items-center">{tools.length === 1 ? 'One tool' : `${tools.length} tools`}</summary>
      <p className="break-words pb-1 font-mono">
        <HostileText text={tools.join(', ')} />
      </p>
    </details>
  );
}
