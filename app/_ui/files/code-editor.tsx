'use client';

import { openSearchPanel } from '@codemirror/search';
import { Compartment, EditorState, type Extension, StateEffect, StateField } from '@codemirror/state';
import { Decoration, EditorView, keymap, lineNumbers, type ViewUpdate } from '@codemirror/view';
import { type Ref, useEffect, useEffectEvent, useImperativeHandle, useRef } from 'react';
import type { LineChange } from '#lib/files/read-line-changes.ts';
import { loadLanguage } from '../code/load-language.ts';
import { changedGutter } from './changed-gutter.ts';
import { editorExtensions, languageExtension } from './editor-extensions.ts';
import { lineHash, readLineHash } from './line-change.ts';

export type EditorHandle = { find(): void };

/** Where the cursor is, and the lines that are selected: `quote` is empty where none are. */
export type EditorPlace = { line: number; from: number; to: number; quote: string };

type CodeEditorProps = {
  path: string;
  text: string;
  isEditing: boolean;
  wraps: boolean;
  changes: readonly LineChange[];
  onPlace(place: EditorPlace): void;
  onChange(text: string): void;
  /** Asked for by a key; says whether there is anything to save. */
  onSave(): boolean;
  ref: Ref<EditorHandle>;
};

/** A file's text, to read or to edit. A new `text` takes the place of what was typed, which is the caller's to keep. Another path needs another key. */
export function CodeEditor({ path, text, isEditing, wraps, changes, onPlace, onChange, onSave, ref }: CodeEditorProps) {
  const box = useRef<HTMLDivElement>(null);
  const view = useRef<EditorView | null>(null);
  const hear = useEffectEvent((update: ViewUpdate) => {
    if (update.docChanged) onChange(textOf(update.state));
    if (update.selectionSet || update.docChanged) onPlace(placeOf(update.state));
  });
  const askToSave = useEffectEvent(onSave);
  const parts = useRef(openParts()).current;

  useEffect(() => {
    const parent = box.current;
    const opened = view.current;
    // What stands there already, as after a save, keeps its place and its history.
    if (!parent || (opened && textOf(opened.state) === text)) return;
    const lineSeparator = usesCrLf(text) ? '\r\n' : '\n';
    const state = EditorState.create({
      doc: text.split(lineSeparator).join('\n'),
      extensions: [
        parts.changed.of([]),
        chosenLines,
        lineNumbers({ domEventHandlers: { mousedown: (target, block, event) => chooseLine(target, block.from, event as MouseEvent) } }),
        editorExtensions(path, lineSeparator),
        parts.language.of([]),
        parts.wrapping.of([]),
        parts.editing.of([]),
        keymap.of([{ key: 'Mod-s', preventDefault: true, run: () => askToSave() }]),
        EditorView.updateListener.of((update) => hear(update)),
      ],
    });
    opened?.setState(state);
    view.current = opened ?? new EditorView({ parent, state });
    showHash(view.current);
  }, [path, text, parts]);
  useEffect(
    () => () => {
      view.current?.destroy();
      view.current = null;
    },
    [],
  );

  // biome-ignore lint/correctness/useExhaustiveDependencies: a new text begins without it
  useEffect(() => {
    let gone = false;
    void loadLanguage(path).then((language) => {
      if (!gone && language) view.current?.dispatch({ effects: parts.language.reconfigure(languageExtension(language)) });
    });
    return () => {
      gone = true;
    };
  }, [path, text, parts]);

  // biome-ignore lint/correctness/useExhaustiveDependencies: as above
  useEffect(() => {
    const editable: Extension = isEditing
      ? []
      : [EditorState.readOnly.of(true), EditorView.editable.of(false), EditorView.contentAttributes.of({ tabindex: '0' })];
    view.current?.dispatch({
      effects: [parts.editing.reconfigure(editable), parts.wrapping.reconfigure(wraps ? EditorView.lineWrapping : [])],
    });
    if (isEditing) view.current?.focus();
  }, [isEditing, wraps, parts, path, text]);

  // biome-ignore lint/correctness/useExhaustiveDependencies: as above
  useEffect(() => {
    const editor = view.current;
    const shown = changes.length > 0 && editor ? changedGutter(changes, editor.state.doc) : [];
    editor?.dispatch({ effects: parts.changed.reconfigure(isEditing ? [] : shown) });
  }, [changes, isEditing, parts, path, text]);

  useEffect(() => {
    const onHash = () => view.current && showHash(view.current);
    window.addEventListener('hashchange', onHash);
    return () => window.removeEventListener('hashchange', onHash);
  }, []);

  useImperativeHandle(ref, () => ({
    find: () => void (view.current && openSearchPanel(view.current)),
  }));

  return <div ref={box} className="h-full min-h-0" />;
}

function openParts() {
  return { changed: new Compartment(), language: new Compartment(), wrapping: new Compartment(), editing: new Compartment() };
}

/** Only a file that ends every line so is read so: what is mixed stays as it is, sign by sign. */
function usesCrLf(text: string): boolean {
  return text.includes('\r\n') && !/(?<!\r)\n|\r(?!\n)/.test(text);
}

function textOf(state: EditorState): string {
  return state.sliceDoc();
}

function placeOf(state: EditorState): EditorPlace {
  const { head, from, to, empty } = state.selection.main;
  const line = state.doc.lineAt(head).number;
  if (empty) return { line, from: line, to: line, quote: '' };
  const [first, last] = [state.doc.lineAt(from), state.doc.lineAt(Math.max(from, to - 1))];
  return { line, from: first.number, to: last.number, quote: state.doc.sliceString(first.from, last.to) };
}

const chooseLines = StateEffect.define<{ from: number; to: number } | null>();
const chosen = Decoration.line({ class: 'cm-chosen-line' });

const chosenLines = StateField.define({
  create: () => Decoration.none,
  update(marks, transaction) {
    for (const effect of transaction.effects) {
      if (!effect.is(chooseLines)) continue;
      const { doc } = transaction.state;
      if (effect.value === null) return Decoration.none;
      const { from, to } = effect.value;
      const last = Math.min(to, doc.lines);
      return Decoration.set(Array.from({ length: Math.max(0, last - from + 1) }, (_, index) => chosen.range(doc.line(from + index).from)));
    }
    return transaction.docChanged ? marks.map(transaction.changes) : marks;
  },
  provide: (field) => EditorView.decorations.from(field),
});

/** A number is pressed: its line is in the address from then on; with Shift all lines from the one before. */
function chooseLine(view: EditorView, position: number, event: MouseEvent): boolean {
  const line = view.state.doc.lineAt(position).number;
  const before = event.shiftKey ? readLineHash(window.location.hash) : null;
  const lines = before ? { from: Math.min(before.from, line), to: Math.max(before.to, line) } : { from: line, to: line };
  window.history.replaceState(window.history.state, '', lineHash(lines));
  view.dispatch({ effects: chooseLines.of(lines), selection: { anchor: view.state.doc.line(line).from } });
  return true;
}

function showHash(view: EditorView): void {
  const lines = readLineHash(window.location.hash);
  if (!lines || lines.from > view.state.doc.lines) return;
  const { from } = view.state.doc.line(lines.from);
  view.dispatch({
    effects: [chooseLines.of(lines), EditorView.scrollIntoView(from, { y: 'center' })],
    selection: { anchor: from },
  });
}
