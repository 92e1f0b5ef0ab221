'use client';

import { Download, Pencil, Search, WrapText } from 'lucide-react';
import Link from 'next/link';
import { type ReactNode, Suspense, useEffect, useRef, useState } from 'react';
import { flushSync } from 'react-dom';
import type { SavedFile } from '#lib/files/save-file.ts';
import { sendJson } from '../../_live/request.ts';
import { threadPath } from '../../_live/thread-path.ts';
import { Button, buttonClass } from '../base/button.tsx';
import { lazyPart } from '../base/lazy-part.ts';
import { Notice } from '../base/notice.tsx';
import { useAction } from '../base/use-action.ts';
import { notKept } from '../base/use-draft.ts';
import { useThreadState } from '../thread/thread-context.tsx';
import type { EditorHandle, EditorPlace } from './code-editor.tsx';
import { CursorLine } from './cursor-line.tsx';
import { type FilePlace, newFileHash, rawHref } from './file-place.ts';
import { changeAt } from './line-change.ts';
import { PlainLines } from './plain-lines.tsx';
import { type Edit, hasMoved, saveEdit } from './save-edit.ts';
import { type EditDraft, useEditDraft } from './use-edit-draft.ts';
import { useFreshPage } from './use-fresh-page.ts';
import { useLineChanges } from './use-line-changes.ts';

const CodeEditor = lazyPart(async () => (await import('./code-editor.tsx')).CodeEditor);

/** A file's text, the checkpoint that it is of, where it may be edited, and how far the thread was when it stood so. */
export type FileVersion = { text: string; base: { checkpointId: string; number: number } | null; seq: number };

/** `shown`: the checkpoint that the page is of, where it is to go on with the thread. */
type CodeFileProps = FilePlace & { file: FileVersion; shown: string | null; children?: ReactNode };

/** The same text sent again is taken once. */
const patienceMs = 30_000;

/** A file as text: to read, to search, to ask about, and to edit. */
export function CodeFile({ file, shown: shownAt, children, ...place }: CodeFileProps) {
  const { threadId, path } = place;
  const { currentCheckpointId } = useThreadState();
  const [saved, setSaved] = useState(file);
  // As it was saved, until the page comes that has gone as far.
  const isBehind = saved.seq > file.seq;
  const { text, base } = isBehind ? saved : file;
  const editor = useRef<EditorHandle>(null);
  const editButton = useRef<HTMLButtonElement>(null);
  const [shown, setShown] = useState(text);
  const [editing, setEditing] = useState<Edit | null>(null);
  const [wraps, setWraps] = useState(true);
  const [stopped, setStopped] = useState(0);
  const [cursor, setCursor] = useState<EditorPlace | null>(null);
  const typed = useRef(text);
  const { draft, keep, setAside, follow, settle, isKept } = useEditDraft(threadId, path);
  const [lastSave, setLastSave] = useState<'whole' | 'part' | null>(null);
  const saving = useAction();
  const [moved, setMoved] = useState(false);
  const changes = useLineChanges(place, base?.checkpointId);
  const isEditing = editing !== null;

  // biome-ignore lint/correctness/useExhaustiveDependencies: what is typed stands until it is saved or thrown away
  useEffect(() => {
    if (!isEditing) setShown(text);
  }, [text]);
  // biome-ignore lint/correctness/useExhaustiveDependencies: once, when the file is opened
  useEffect(() => {
    if (!base || window.location.hash !== newFileHash) return;
    window.history.replaceState(window.history.state, '', window.location.href.split('#')[0]);
    edit({ text, base: base.checkpointId });
  }, []);
  // One whose answer was lost may have arrived.
  useEffect(() => {
    if (base && !isEditing) settle(text);
  }, [base, isEditing, text, settle]);
  useFreshPage(isEditing ? null : shownAt, isBehind);

  function edit({ text: begun, ...from }: EditDraft): void {
    setLastSave(null);
    typed.current = begun;
    setShown(begun);
    setEditing(from);
  }

  async function save(edit: Edit): Promise<void> {
    const sent = typed.current;
    setMoved(false);
    setLastSave(null);
    let answer: SavedFile | undefined;
    await saving.act(async () => {
      try {
        answer = await saveEdit(sent, edit, { put, track });
      } catch (error) {
        setMoved(hasMoved(error));
        throw error;
      }
    });
    if (!answer) return;
    setSaved({ text: sent, base: answer, seq: answer.seq });
    if (typed.current !== sent) {
      // What was typed meanwhile is not saved yet: the edit goes on, on top of what was.
      setLastSave('part');
      return;
    }
    settle(sent);
    setLastSave('whole');
    // At once: a letter that comes before would go nowhere.
    flushSync(() => {
      setShown(sent);
      setEditing(null);
    });
    if (document.activeElement === document.body) editButton.current?.focus();
  }

  function put(words: string, baseCheckpointId: string): Promise<SavedFile> {
    const signal = AbortSignal.timeout(patienceMs);
    return sendJson(threadPath(threadId, '/files'), { path, text: words, baseCheckpointId }, 'PUT', { signal });
  }

  /** Kept at once: the page may go before what it sent is answered. */
  function track(edit: Edit): void {
    follow({ text: typed.current, ...edit });
    setEditing(edit);
  }

  /** What was typed is offered again, until it is thrown away. */
  function stop(): void {
    if (editing && typed.current !== text) setAside({ text: typed.current, ...editing });
    else settle(typed.current);
    setLastSave(null);
    setEditing(null);
    setShown(text);
    setStopped(stopped + 1);
  }

  const change = cursor && !isEditing ? changeAt(changes, cursor.line) : null;
  return (
    <div className="flex min-h-0 flex-1 flex-col">
      <div className="flex flex-wrap items-center gap-x-0.5 border-line border-b px-1.5 lg:px-3">
        {editing ? (
          <>
            <Button look="primary" busy={saving.busy} onClick={() => save(editing)} className="my-1">
              Save
            </Button>
            <Button look="quiet" disabled={saving.busy} onClick={stop}>
              Cancel
            </Button>
          </>
        ) : (
          base && (
            <Button ref={editButton} look="quiet" onClick={() => edit(draft ?? { text, base: base.checkpointId })} className="px-3">
              <Pencil className="size-4" aria-hidden />
              Edit
            </Button>
          )
        )}
        <Button look="quiet" onClick={() => editor.current?.find()} className="px-3">
          <Search className="size-4" aria-hidden />
          <span className="max-sm:sr-only">Find</span>
        </Button>
        <Button look="quiet" aria-pressed={wraps} onClick={() => setWraps(!wraps)} className="px-3 aria-pressed:text-ink">
          <WrapText className="size-4" aria-hidden />
          <span className="max-sm:sr-only">Wrap</span>
        </Button>
        <span role="status" className="contained min-w-0 flex-1 truncate px-2 text-ink-soft text-sm">
          {lastSave === 'whole' && base && base.number === saved.base?.number && (
            <>
              Saved<span className="max-sm:sr-only"> as #{base.number}</span>
            </>
          )}
        </span>
        {children}
        {!isEditing && (
          <a href={rawHref(place, true)} download aria-label="Download" title="Download" className={`${buttonClass('quiet')} px-3`}>
            <Download className="size-4" aria-hidden />
          </a>
        )}
      </div>
      {(saving.failure || !isKept || lastSave === 'part' || (draft && !isEditing && base)) && (
        <div className="space-y-2 border-line border-b px-3 py-2 text-sm">
          {saving.failure && <Notice>{saving.failure}</Notice>}
          {!isKept && <Notice>{notKept}</Notice>}
          {lastSave === 'part' && <p role="status">Saved as #{base?.number}. What you typed since then is not saved yet.</p>}
          {moved && editing && currentCheckpointId && currentCheckpointId !== editing.base && (
            <div className="flex flex-wrap gap-2">
              <Link
                href={`/threads/${threadId}/changes?from=${editing.base}&to=${currentCheckpointId}`}
                prefetch={false}
                className={buttonClass('plain')}
              >
                What changed
              </Link>
              <Button onClick={() => save({ base: currentCheckpointId })}>Save mine over it</Button>
            </div>
          )}
          {draft && !isEditing && base && (
            <div className="flex flex-wrap items-center gap-2">
              <p className="min-w-0 flex-1">You have an edit here that is not saved.</p>
              <Button onClick={() => edit(draft)}>Go on</Button>
              <Button look="quiet" onClick={() => setAside(null)}>
                Throw away
              </Button>
            </div>
          )}
        </div>
      )}
      <div className="relative min-h-0 flex-1" data-editor>
        <Suspense fallback={<PlainLines text={shown} />}>
          <CodeEditor
            // Another editor: this one holds what was typed.
            key={stopped}
            ref={editor}
            path={path}
            text={shown}
            isEditing={isEditing}
            wraps={wraps}
            changes={changes}
            onPlace={setCursor}
            onSave={() => {
              if (editing && !saving.busy) void save(editing);
              return isEditing;
            }}
            onChange={(now) => {
              typed.current = now;
              if (editing) keep({ text: now, ...editing });
            }}
          />
        </Suspense>
      </div>
      {cursor && <CursorLine place={cursor} change={change} path={path} checkpoint={base?.number ?? null} />}
    </div>
  );
}
