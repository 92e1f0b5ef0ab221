'use client';

import { type KeyboardEvent, type MouseEvent, type ReactNode, useMemo, useState } from 'react';
import { CommentForm } from './comment-form.tsx';
import type { DiffRow } from './diff-rows.ts';
import { LineComments } from './line-comments.tsx';
import { lineKey, type PlacedComment, placeComments, rowAddress } from './place-comments.ts';

/** Lines of one side, from the one that was pressed first to the one pressed last; `wordsBack` is what was said about them and is wanted back. */
type Chosen = { side: 'old' | 'new'; anchor: number; other: number; wordsBack?: string };

export type LineTalk = {
  isChosen(row: DiffRow): boolean;
  isIn(rows: readonly DiffRow[]): boolean;
  below(key: string): ReactNode;
};

type TalkInput = {
  path: string;
  oldPath?: string;
  rows: readonly DiffRow[];
  comments: readonly PlacedComment[];
  checkpoint: number | null;
};

/** What is said about the lines of one file: comments below their lines, and the field for a new one below the lines that were chosen. */
export function useLineTalk({ path, oldPath, rows, comments, checkpoint }: TalkInput) {
  const [chosen, setChosen] = useState<Chosen | null>(null);
  const { placed, lost } = useMemo(() => placeComments(rows, comments), [rows, comments]);

  const talk = useMemo((): LineTalk => {
    const [from, to] = chosen ? [Math.min(chosen.anchor, chosen.other), Math.max(chosen.anchor, chosen.other)] : [0, -1];
    const isChosen = (row: DiffRow) => {
      const number = chosen?.side === 'old' ? row.oldNumber : row.newNumber;
      const isOnSide = row.kind === 'context' || rowAddress(row).side === chosen?.side;
      return chosen !== null && isOnSide && number !== null && number >= from && number <= to;
    };
    const last = chosen ? rows.findLast(isChosen) : undefined;
    const formKey = last && lineKey(rowAddress(last).side, rowAddress(last).number);
    return {
      isChosen,
      isIn: (block) => chosen !== null && block.some(isChosen),
      below(key) {
        const said = placed.get(key);
        if (!said && key !== formKey) return null;
        const place = chosen && { path: chosen.side === 'old' ? (oldPath ?? path) : path, from, to, side: chosen.side, checkpoint };
        return (
          <>
            {said && <LineComments comments={said} onTakeBack={(comment) => setChosen(chosenAt(key, comment))} />}
            {key === formKey && place && (
              <CommentForm
                place={place}
                wordsBack={chosen.wordsBack ?? ''}
                onBack={() => setChosen((before) => before && { ...before, wordsBack: '' })}
                quote={rows
                  .filter(isChosen)
                  .map(({ text }) => text)
                  .join('\n')}
                onSent={() => setChosen(null)}
                onCancel={() => setChosen(null)}
              />
            )}
          </>
        );
      },
    };
  }, [chosen, rows, placed, path, oldPath, checkpoint]);

  function onClick({ target, nativeEvent }: MouseEvent<HTMLElement>): void {
    const isTap = nativeEvent instanceof PointerEvent && nativeEvent.pointerType === 'touch';
    const pressed = readLine(isTap ? numberBeside(target) : target);
    if (!pressed) return;
    setChosen((before) =>
      before?.side === pressed.side
        ? { ...before, other: pressed.number }
        : { side: pressed.side, anchor: pressed.number, other: pressed.number },
    );
  }

  function onKeyDown(event: KeyboardEvent<HTMLElement>): void {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (!step || !readLine(event.target)) return;
    const buttons = [...event.currentTarget.querySelectorAll<HTMLElement>('button[data-line]')];
    const next = buttons[buttons.indexOf(event.target as HTMLElement) + step];
    if (!next) return;
    event.preventDefault();
    next.focus();
  }

  return { talk, isTalking: chosen !== null, lost, onClick, onKeyDown };
}

/** The lines of a comment again, where it stands now: below the last of them. */
function chosenAt(key: string, { place: { from, to }, words }: PlacedComment): Chosen {
  const other = Number(key.split(':')[1]);
  return { side: key.startsWith('old') ? 'old' : 'new', anchor: other - (to - from), other, wordsBack: words };
}

/** A finger need not hit the small number: its whole line stands for it, unless the tap only ended a selection. */
function numberBeside(target: EventTarget): EventTarget | null {
  if (!(target instanceof Element) || target.closest('a, button') || document.getSelection()?.isCollapsed === false) return target;
  return target.closest('tr[data-quote-line]')?.querySelector('button[data-line]') ?? null;
}

function readLine(target: EventTarget | null): { side: 'old' | 'new'; number: number } | null {
  const button = target instanceof Element ? target.closest<HTMLElement>('button[data-line]') : null;
  if (!button) return null;
  return { side: button.dataset.side === 'old' ? 'old' : 'new', number: Number(button.dataset.line) };
}
