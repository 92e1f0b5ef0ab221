import { defaultKeymap, history, historyKeymap } from '@codemirror/commands';
import { defineLanguageFacet, indentUnit, Language, StreamLanguage, syntaxHighlighting } from '@codemirror/language';
import { search, searchKeymap } from '@codemirror/search';
import { EditorState, type Extension } from '@codemirror/state';
import { EditorView, highlightActiveLineGutter, highlightSpecialChars, keymap } from '@codemirror/view';
import { deceptiveCharacters, revealHidden } from '#lib/core/words/reveal-hidden.ts';
import type { CodeLanguage } from '../code/load-language.ts';
import { treeClasses } from '../code/token-classes.ts';
import { findPanel } from './find-panel.ts';

/** What every file is shown with, whether it is read or edited. */
export function editorExtensions(label: string, lineSeparator: string): Extension {
  return [
    EditorState.lineSeparator.of(lineSeparator),
    EditorState.tabSize.of(4),
    EditorState.allowMultipleSelections.of(false),
    indentUnit.of('  '),
    history(),
    search({ top: true, createPanel: findPanel }),
    keymap.of([...searchKeymap, ...historyKeymap, ...defaultKeymap]),
    highlightActiveLineGutter(),
    hiddenCharacters,
    syntaxHighlighting(treeClasses),
    EditorView.contentAttributes.of({
      'aria-label': label,
      spellcheck: 'false',
      autocorrect: 'off',
      autocapitalize: 'off',
      translate: 'no',
      dir: 'ltr',
    }),
    theme,
  ];
}

export function languageExtension(language: CodeLanguage): Extension {
  if (language.kind === 'stream') return StreamLanguage.define(language.mode as Parameters<typeof StreamLanguage.define>[0]);
  return new Language(defineLanguageFacet(), language.parser);
}

/** Characters that would hide or reorder others are spelled out, as everywhere in Choir. */
const hiddenCharacters = highlightSpecialChars({
  specialChars: deceptiveCharacters,
  render(code) {
    const mark = document.createElement('mark');
    mark.className = 'mx-px rounded-sm bg-warn-soft px-1 font-sans text-warn text-xs';
    mark.textContent = revealHidden(String.fromCodePoint(code))
      .map(({ text }) => text)
      .join('');
    return mark;
  },
});

const theme = EditorView.theme({
  '&': { height: '100%', color: 'var(--ink)', backgroundColor: 'var(--paper)', fontSize: '0.8125rem' },
  '&.cm-focused': { outline: 'none' },
  '.cm-scroller': { fontFamily: 'var(--font-mono)', lineHeight: '1.3rem', overscrollBehavior: 'contain' },
  '.cm-content': { caretColor: 'var(--accent)', padding: '0.5rem 0' },
  '.cm-cursor': { borderLeftColor: 'var(--accent)' },
  '.cm-line': { padding: '0 0.75rem 0 0.25rem', overflowWrap: 'anywhere' },
  '.cm-gutters': { backgroundColor: 'var(--paper)', color: 'var(--ink-soft)', border: 'none', fontSize: '0.75rem' },
  '.cm-lineNumbers .cm-gutterElement': { padding: '0 0.4rem 0 0.5rem', minWidth: '2.25rem', cursor: 'pointer' },
  '.cm-activeLineGutter': { backgroundColor: 'transparent', color: 'var(--ink)', fontWeight: '600' },
  '.cm-changed .cm-changed-newest': { backgroundColor: 'var(--accent)' },
  '.cm-changed .cm-changed-earlier': { backgroundColor: 'color-mix(in oklab, var(--accent) 45%, transparent)' },
  '.cm-changed': { width: '4px', padding: '0' },
  '.cm-chosen-line': { backgroundColor: 'var(--accent-soft)' },
  '.cm-searchMatch': { backgroundColor: 'var(--warn-soft)', outline: '1px solid var(--warn)' },
  '.cm-searchMatch-selected': { backgroundColor: 'var(--accent-soft)', outline: '1px solid var(--accent)' },
  '.cm-panels': { backgroundColor: 'var(--sunken)', color: 'var(--ink)', borderColor: 'var(--line)' },
});
