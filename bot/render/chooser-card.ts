import type { TelegramTicksView } from '#lib/telegram/ticks.ts';
import { type ChoosableFile, type Choosing, choiceHash, isAllKept, isDropped, keptAmount, keptParts } from './choosing.ts';
import { changeLine } from './describe-changes.ts';
import type { ButtonSpec, ChatText, TapOn } from './message-spec.ts';
import { bold, lines, paragraphs, pre, type RichText, rich, struck } from './rich-text.ts';
import { exactLine } from './safe-text.ts';

const filesPerPage = 8;
const partsPerPage = 4;
const partsPerRow = 2;
const pathLimit = 150;
/** With more than so many, ticking each takes long. */
const fewTicks = 3;

/** The action that is asked about. */
export type Asked = Pick<TapOn<'tick'>, 'threadId' | 'approvalId' | 'actionHash'>;
/** `about`: what was done, in few lines. */
type Shown = { asked: Asked; about: RichText; choosing: Choosing; view: TelegramTicksView };
type Page<Entry> = { entries: { entry: Entry; number: number }[]; turns: ButtonSpec[] };

/** A question while somebody chooses what to keep of it: its files with a tick each, or the parts of one. */
export function chooserCard({ head, ...shown }: Shown & { head: RichText }): ChatText {
  const { files } = shown.choosing;
  const opened = files.length === 1 ? files[0] : files.find(({ path, parts }) => path === shown.view.path && parts.length > 0);
  const { content, buttons } = opened ? partsPage(shown, opened) : filesPage(shown);
  return { content: paragraphs(head, content), buttons: buttons.filter((row) => row.length > 0) };
}

function filesPage({ asked, about, choosing, view }: Shown): ChatText {
  const { files, dropped } = choosing;
  const { entries, turns } = pageOf(files, filesPerPage, view.page, (page) => ({ do: 'choose', ...asked, view: { page } }));
  const line = ({ entry, number }: (typeof entries)[number]) => {
    const change = changeLine(entry, pathLimit);
    return rich(`${number} `, isDropped(dropped, entry.path) ? struck(change.text) : change, inPart(entry, choosing));
  };
  const row = ({ entry: { path, parts }, number }: (typeof entries)[number]): ButtonSpec[] => {
    const isGone = isDropped(dropped, path);
    const name = exactLine(path.split('/').findLast((part) => part !== '') ?? path, 40);
    const tick: ButtonSpec = { label: ticked(`${number} ${name}`, !isGone), action: { do: 'tick', ...asked, path, keep: isGone } };
    const open: ButtonSpec = { label: `${parts.length} parts ›`, action: { do: 'choose', ...asked, view: { path, page: 0 } } };
    return parts.length > 0 ? [tick, open] : [tick];
  };
  return {
    content: paragraphs(about, lines(...entries.map(line)), 'Untick what should not stay.'),
    buttons: [
      ...entries.map(row),
      turns,
      [keepButton(asked, choosing)],
      [closeButton(asked), diffButton(asked), ...allButton(asked, choosing)],
    ],
  };
}

function partsPage({ asked, about, choosing, view }: Shown, file: ChoosableFile): ChatText {
  const { path, oldPath, parts } = file;
  const { dropped, files } = choosing;
  const isOnly = files.length === 1;
  const { entries, turns } = pageOf(parts, partsPerPage, view.page, (page) => ({ do: 'choose', ...asked, view: { path, page } }));
  const part = ({ entry: { place, line, text, more }, number }: (typeof entries)[number]) => {
    const name = `Part ${number}, line ${line}`;
    return lines(isDropped(dropped, path, place) ? struck(name) : bold(name), pre(text, 'diff'), more > 0 && `… ${more} more lines`);
  };
  const ticks = entries.map(({ entry: { place }, number }): ButtonSpec => {
    const isGone = isDropped(dropped, path, place);
    return { label: ticked(`Part ${number}`, !isGone), action: { do: 'tick', ...asked, path, hunk: place, keep: isGone } };
  });
  const rows = Array.from({ length: Math.ceil(ticks.length / partsPerRow) }, (_, row) =>
    ticks.slice(row * partsPerRow, (row + 1) * partsPerRow),
  );
  const back: ButtonSpec = { label: '‹ Files', action: { do: 'choose', ...asked, view: { page: pageHolding(files, file) } } };
  return {
    content: paragraphs(isOnly && about, rich(changeLine(file, pathLimit), inPart(file, choosing)), ...entries.map(part)),
    buttons: [
      ...rows,
      turns,
      isOnly ? [keepButton(asked, choosing)] : [],
      [isOnly ? closeButton(asked) : back, diffButton(asked, { path, oldPath }), ...allButton(asked, choosing, file)],
    ],
  };
}

function ticked(label: string, isKept: boolean): string {
  return `${isKept ? '☑️' : '⬜'} ${label}`;
}

function inPart(file: ChoosableFile, { dropped }: Choosing): string {
  const { length } = file.parts;
  const kept = keptParts(file, dropped);
  return kept > 0 && kept < length ? ` · ${kept} of ${length} parts` : '';
}

function keepButton(asked: Asked, choosing: Choosing): ButtonSpec {
  const isNothing = choosing.files.every(({ path }) => isDropped(choosing.dropped, path));
  const label = isNothing ? '❌ Reject, keep nothing' : `✅ Keep ${keptAmount(choosing)}`;
  return { label, action: { do: 'keep', ...asked, choice: choiceHash(choosing.dropped) } };
}

function closeButton(asked: Asked): ButtonSpec {
  return { label: '‹ Back', action: { do: 'choose', ...asked, view: null } };
}

function diffButton({ threadId, approvalId }: Asked, file: { path?: string; oldPath?: string } = {}): ButtonSpec {
  return { label: '📄 Diff', action: { do: 'diff', threadId, to: approvalId, ...file } };
}

/** All or nothing of the files, or of one of them. */
function allButton(asked: Asked, { files, dropped }: Choosing, file?: ChoosableFile): ButtonSpec[] {
  const keep = file ? keptParts(file, dropped) < file.parts.length : !isAllKept(dropped);
  const action = { do: 'tick', ...asked, path: file?.path, keep } as const;
  return (file?.parts ?? files).length > fewTicks ? [{ label: ticked(keep ? 'All' : 'None', keep), action }] : [];
}

function pageHolding(files: ChoosableFile[], file: ChoosableFile): number {
  return Math.floor(files.indexOf(file) / filesPerPage);
}

/** A page of what there is, the last one where there are not so many, with the ways to those beside it. */
function pageOf<Entry>(all: Entry[], perPage: number, wanted: number, turn: (page: number) => TapOn<'choose'>): Page<Entry> {
  const last = Math.floor((all.length - 1) / perPage);
  const page = Math.max(0, Math.min(wanted, last));
  const shown = all.slice(page * perPage, (page + 1) * perPage);
  const turns: ButtonSpec[] = [];
  if (page > 0) turns.push({ label: '‹ Before', action: turn(page - 1) });
  if (page < last) turns.push({ label: 'More ›', action: turn(page + 1) });
  return { entries: shown.map((entry, index) => ({ entry, number: page * perPage + index + 1 })), turns };
}
