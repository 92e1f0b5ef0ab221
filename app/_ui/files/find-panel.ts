import { closeSearchPanel, findNext, findPrevious, getSearchQuery, SearchQuery, setSearchQuery } from '@codemirror/search';
import type { EditorView, Panel } from '@codemirror/view';

const countedMatches = 1_000;

/** One line above the text: what is looked for, how often it is there, the way to the next and back. */
export function findPanel(view: EditorView): Panel {
  const field = document.createElement('input');
  const count = document.createElement('span');
  field.type = 'search';
  field.setAttribute('main-field', 'true');
  field.setAttribute('aria-label', 'Find in this file');
  field.placeholder = 'Find';
  field.autocomplete = 'off';
  field.spellcheck = false;
  field.className = 'min-h-11 min-w-0 flex-1 rounded-control border border-line-strong bg-paper px-3 text-base';
  count.className = 'tabular min-w-12 text-center text-ink-soft text-xs';
  count.setAttribute('role', 'status');

  function look(): void {
    view.dispatch({ effects: setSearchQuery.of(new SearchQuery({ search: field.value, literal: true })) });
    showCount();
  }
  function showCount(): void {
    count.textContent = field.value === '' ? '' : countMatches(view);
  }

  field.addEventListener('input', look);
  field.addEventListener('keydown', (event) => {
    if (event.key === 'Enter') {
      event.preventDefault();
      (event.shiftKey ? findPrevious : findNext)(view);
    } else if (event.key === 'Escape') {
      closeSearchPanel(view);
      view.focus();
    }
  });
  const dom = document.createElement('div');
  dom.className = 'flex items-center gap-1 px-2 py-1 font-sans';
  dom.append(
    field,
    count,
    button('Previous', '↑', () => findPrevious(view)),
    button('Next', '↓', () => findNext(view)),
    button('Close', '×', () => closeSearchPanel(view)),
  );
  return {
    dom,
    top: true,
    mount() {
      field.value = getSearchQuery(view.state).search;
      field.select();
      showCount();
    },
  };
}

function button(label: string, sign: string, onPress: () => void): HTMLButtonElement {
  const element = document.createElement('button');
  element.type = 'button';
  element.setAttribute('aria-label', label);
  element.textContent = sign;
  element.className =
    'inline-flex size-11 shrink-0 items-center justify-center rounded-control text-base text-ink-soft hover:bg-line/60 hover:text-ink';
  element.addEventListener('click', onPress);
  return element;
}

function countMatches(view: EditorView): string {
  const cursor = getSearchQuery(view.state).getCursor(view.state);
  let count = 0;
  while (count < countedMatches && !cursor.next().done) count += 1;
  return count === countedMatches ? `${count}+` : String(count);
}
