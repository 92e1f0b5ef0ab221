'use client';

import { Fragment, memo, type ReactNode, useMemo } from 'react';
import { CodeLine } from '../code/code-line.tsx';
import type { Token } from '../code/highlight-lines.ts';
import { useTokens } from '../code/use-tokens.ts';
import type { DiffRow } from './diff-rows.ts';
import { lineKey, rowAddress } from './place-comments.ts';
import { type Mark, wordMarks } from './word-marks.ts';

type LineTableProps = {
  path: string;
  rows: readonly DiffRow[];
  /** Whether lines can be spoken of: then each number is a button. */
  askable: boolean;
  isChosen?(row: DiffRow): boolean;
  /** What stands below a line: comments, or the field for one. */
  below?(key: string): ReactNode;
};

/** Lines of a diff. They wrap instead of scrolling away, and no colour carries meaning alone. */
export function LineTable({ path, rows, askable, isChosen, below }: LineTableProps) {
  const tokens = useRowTokens(path, rows);
  const marks = useMemo(() => wordMarks(rows), [rows]);
  return (
    <table className="w-full table-fixed border-collapse font-mono text-[0.8125rem] leading-5 pointer-coarse:leading-6">
      <tbody>
        {rows.map((row, index) => {
          const { side, number } = rowAddress(row);
          const key = lineKey(side, number);
          const extra = below?.(key);
          return (
            <Fragment key={key}>
              <LineRow
                row={row}
                tokens={tokens[index]}
                marks={marks.get(index)}
                chosen={isChosen?.(row) ?? false}
                askable={askable}
                first={index === 0}
              />
              {extra && (
                <tr>
                  <td colSpan={3} className="p-0 font-sans">
                    {extra}
                  </td>
                </tr>
              )}
            </Fragment>
          );
        })}
      </tbody>
    </table>
  );
}

const tones = { add: 'bg-good-soft', delete: 'bg-bad-soft', context: '' };
const markTones = { add: 'rounded-xs bg-good-mark', delete: 'rounded-xs bg-bad-mark', context: '' };
const signs = { add: { sign: '+', tone: 'text-good' }, delete: { sign: '−', tone: 'text-bad' }, context: { sign: ' ', tone: '' } };
const names = { add: 'added line', delete: 'removed line', context: 'line' };

type LineRowProps = { row: DiffRow; tokens?: Token[]; marks?: Mark[]; chosen: boolean; askable: boolean; first: boolean };

const LineRow = memo(function LineRow({ row, tokens, marks, chosen, askable, first }: LineRowProps) {
  const { kind, text, noNewline } = row;
  const { side, number } = rowAddress(row);
  return (
    <tr className={chosen ? 'bg-accent-soft' : tones[kind]} data-quote-line={number} data-quote-side={side}>
      <td className="tabular w-10 select-none p-0 align-top text-ink-soft text-xs lg:w-13">
        {askable ? (
          <button
            type="button"
            tabIndex={first ? 0 : -1}
            data-line={number}
            data-side={side}
            aria-label={`Comment on ${names[kind]} ${number}`}
            className="w-full pr-2 text-right leading-5 hover:text-accent pointer-coarse:leading-6"
          >
            {number}
          </button>
        ) : (
          <span className="block pr-2 text-right leading-5 pointer-coarse:leading-6">{number}</span>
        )}
      </td>
      <td className={`w-4 select-none p-0 align-top font-semibold ${signs[kind].tone}`}>{signs[kind].sign}</td>
      <td dir="ltr" className="contained whitespace-pre-wrap p-0 pr-3 align-top [tab-size:4]">
        <span data-quote-text>
          <CodeLine text={text} tokens={tokens} marks={marks} markClass={markTones[kind]} />
        </span>
        {noNewline && <span className="select-none font-sans text-ink-soft text-xs italic"> no line break at the end</span>}
      </td>
    </tr>
  );
});

/** Both sides are read as the code that they are: a removed line takes its colours from the lines around it on its own side. */
function useRowTokens(path: string, rows: readonly DiffRow[]): (Token[] | undefined)[] {
  const [oldLines, newLines] = useMemo(
    () => [
      rows.some(({ kind }) => kind === 'delete') ? rows.filter(({ kind }) => kind !== 'add').map(({ text }) => text) : none,
      rows.filter(({ kind }) => kind !== 'delete').map(({ text }) => text),
    ],
    [rows],
  );
  const oldTokens = useTokens(path, oldLines);
  const newTokens = useTokens(path, newLines);
  return useMemo(() => {
    let [oldAt, newAt] = [0, 0];
    return rows.map(({ kind }) => {
      const onOld = kind === 'add' ? undefined : oldTokens?.[oldAt++];
      const onNew = kind === 'delete' ? undefined : newTokens?.[newAt++];
      return onNew ?? onOld;
    });
  }, [rows, oldTokens, newTokens]);
}

const none: string[] = [];
