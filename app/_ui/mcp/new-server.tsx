'use client';

import { useRouter } from 'next/navigation';
import { type FormEvent, useState } from 'react';
import type { McpServerSource } from '#lib/mcp/mcp-server.ts';
import type { ReadyServer } from '#lib/mcp/ready-servers.ts';
import { sendJson } from '../../_live/request.ts';
import { Button } from '../base/button.tsx';
import { Field } from '../base/field.tsx';
import { Notice } from '../base/notice.tsx';
import { Segments } from '../base/segments.tsx';
import { useAction } from '../base/use-action.ts';
import { splitWords } from './split-words.ts';

const kinds = [
  { value: 'ready', label: 'Ready' },
  { value: 'stdio', label: 'Program' },
  { value: 'http', label: 'Address' },
] as const;
type Kind = (typeof kinds)[number]['value'];

const plain = { autoCapitalize: 'none', autoComplete: 'off', spellCheck: false } as const;
const empty = { name: '', command: '', hosts: '', url: '', header: '', secret: '' };

/** Gives a project a server: one that comes with Choir, a program of the sandbox, or an address outside. */
export function NewServer({ projectId, ready }: { projectId: string; ready: ReadyServer[] }) {
  const router = useRouter();
  const { busy, failure, act } = useAction();
  const [kind, setKind] = useState<Kind>('ready');
  const [text, setText] = useState(empty);
  const field = (name: keyof typeof empty) => ({
    ...plain,
    value: text[name],
    onChange: (event: { target: { value: string } }) => setText({ ...text, [name]: event.target.value }),
  });

  async function add(name: string, from: McpServerSource): Promise<void> {
    await sendJson(`/api/projects/${encodeURIComponent(projectId)}/mcp-servers`, { name, from });
    setText(empty);
    router.refresh();
  }

  function addWritten(event: FormEvent): void {
    event.preventDefault();
    const [command = '', ...args] = splitWords(text.command);
    const headers = text.header.trim() === '' ? {} : { [text.header.trim()]: text.secret };
    const from: McpServerSource =
      kind === 'http'
        ? { kind, url: text.url.trim(), headers }
        : { kind: 'stdio', command, args, hosts: text.hosts.split(/[\s,]+/).filter(Boolean) };
    void act(() => add(text.name.trim(), from));
  }

  return (
    <div className="space-y-3">
      <h3 className="font-medium text-sm">Add a server</h3>
      <Segments legend="What kind of server" name="kind" value={kind} options={kinds} onChange={(chosen) => setKind(chosen)} />
      {failure && <Notice>{failure}</Notice>}
      {kind === 'ready' ? (
        <ReadyList ready={ready} busy={busy} onAdd={(id) => act(() => add(id, { kind: 'ready', entry: id }))} />
      ) : (
        <form onSubmit={addWritten} className="space-y-3">
          <Field label="Name" {...field('name')} maxLength={30} placeholder="docs" />
          {kind === 'stdio' ? (
            <>
              <Field
                label="Command"
                {...field('command')}
                placeholder="node tools/server.mjs"
                hint="Runs in the sandbox, in the project’s folder. What it needs must be in the project."
              />
              <Field label="Hosts it may reach" {...field('hosts')} placeholder="none" hint="Without any it works without network." />
            </>
          ) : (
            <>
              <Field label="Address" {...field('url')} type="url" inputMode="url" placeholder="https://mcp.example.com/mcp" />
              <Field
                label="Header"
                {...field('header')}
                placeholder="Authorization"
                hint="Only if it wants a key. Where it wants you to sign in, you do that once it is added."
              />
              <Field label="Value of the header" {...field('secret')} type="password" hint="Sent with every call, and never shown again." />
            </>
          )}
          <Button
            type="submit"
            busy={busy}
            disabled={text.name.trim() === '' || (kind === 'stdio' ? text.command : text.url).trim() === ''}
          >
            Add server
          </Button>
        </form>
      )}
    </div>
  );
}

type ReadyListProps = { ready: ReadyServer[]; busy: boolean; onAdd(id: ReadyServer['id']): void };

function ReadyList({ ready, busy, onAdd }: ReadyListProps) {
  if (ready.length === 0) return <p className="text-ink-soft text-sm">All that come with Choir are there already.</p>;
  return (
    <ul className="divide-y divide-line rounded-card border border-line bg-raised">
      {ready.map(({ id, name, about, cannot }) => (
        <li key={id} className="flex items-start gap-3 px-4 py-2.5">
          <div className="min-w-0 flex-1">
            <p className="font-medium text-sm">{name}</p>
            <p className="text-sm">{about}</p>
            <p className="text-ink-soft text-xs">{cannot}</p>
          </div>
          <Button busy={busy} onClick={() => onAdd(id)} aria-label={`Add ${name}`}>
            Add
          </Button>
        </li>
      ))}
    </ul>
  );
}
