'use client';

import { Globe, PackageCheck, SquareTerminal } from 'lucide-react';
import { useRouter } from 'next/navigation';
import type { ListedMcpServer } from '#lib/mcp/mcp-server.ts';
import { request } from '../../_live/request.ts';
import { Button } from '../base/button.tsx';
import { HostileText } from '../base/hostile-text.tsx';
import { Notice } from '../base/notice.tsx';
import { useAction } from '../base/use-action.ts';

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
  const { name, kind, about, reach, secrets } = server;
  const Icon = icons[kind];

  async function remove(): Promise<void> {
    await request(`/api/projects/${encodeURIComponent(projectId)}/mcp-servers/${encodeURIComponent(name)}`, { method: 'DELETE' });
    router.refresh();
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
          </p>
          <FoundTools server={server} />
        </div>
        {removable && (
          <Button look="danger" busy={busy} onClick={() => act(remove)} aria-label={`Remove ${name}`}>
            Remove
          </Button>
        )}
      </div>
      {failure && <Notice>{failure}</Notice>}
    </>
  );
}

/** What the last run found: its tools fold open, and a server that did not start says why. */
function FoundTools({ server: { tools, problem } }: { server: ListedMcpServer }) {
  if (problem !== null)
    return (
      <p className="text-bad text-xs">
        Could not be used: <HostileText text={problem} />
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
