import { createHash } from 'node:crypto';
import type { FileChange, HunkPlace } from '#lib/core/change.ts';
import { isSamePlace } from '#lib/core/hunk-place.ts';
import { formatCount } from '#lib/core/words/format.ts';
import { canonicalJson } from '#lib/policy/canonical-json.ts';
import type { TelegramDropped, Ticks } from '#lib/telegram/ticks.ts';
import type { ShownPart } from './show-part.ts';

/** A changed file that may stay or go; `parts`: its hunks, where there are several and each may by itself. */
export type ChoosableFile = FileChange & { parts: ShownPart[] };
/** What of an effect a card lets a person keep, and what is ticked on it so far. */
export type Choosing = Ticks & { files: ChoosableFile[] };
/** Without a path all files, without a hunk all of a file. */
export type Tick = { path?: string; hunk?: HunkPlace; keep: boolean };

/** Whether there is anything to choose. */
export function isChoice(files: ChoosableFile[]): boolean {
  return files.length > 1 || files.some(({ parts }) => parts.length > 1);
}

/** What is dropped once this was ticked: a file that loses its last part goes, one that gets a part back stays with that alone. */
export function applyTick(files: ChoosableFile[], dropped: TelegramDropped, { path, hunk, keep }: Tick): TelegramDropped {
  const after: TelegramDropped = { files: [], hunks: [] };
  for (const file of files) {
    const isMeant = path === undefined || file.path === path;
    const goes = (place?: HunkPlace) =>
      isMeant && (!hunk || (place && isSamePlace(place, hunk))) ? !keep : isDropped(dropped, file.path, place);
    const places = file.parts.map(({ place }) => place);
    const gone = places.filter((place) => goes(place));
    if (places.length > 0 ? gone.length === places.length : goes()) after.files.push(file.path);
    else after.hunks.push(...gone.map((place) => ({ path: file.path, hunk: place })));
  }
  return after;
}

/** Whether a file goes, or this part of it. */
export function isDropped({ files, hunks }: TelegramDropped, path: string, place?: HunkPlace): boolean {
  return files.includes(path) || (place !== undefined && hunks.some((part) => part.path === path && isSamePlace(part.hunk, place)));
}

export function isAllKept({ files, hunks }: TelegramDropped): boolean {
  return files.length + hunks.length === 0;
}

/** Another one for each choice, so that a button keeps what stood above it and nothing else. */
export function choiceHash(dropped: TelegramDropped): string {
  return createHash('sha256').update(canonicalJson(dropped)).digest('base64url').slice(0, 22);
}

/** How much of it is kept, such as "2 of 3 files", "all 3 files without 1 part" or "1 of 2 parts". */
export function keptAmount({ files, dropped }: Pick<Choosing, 'files' | 'dropped'>): string {
  const [only, ...others] = files;
  if (only && others.length === 0) {
    const kept = isDropped(dropped, only.path) ? 0 : only.parts.length - dropped.hunks.length;
    return amount(kept, only.parts.length, 'parts');
  }
  const less = dropped.hunks.length;
  return `${amount(files.length - dropped.files.length, files.length, 'files')}${less > 0 ? ` without ${formatCount(less, 'part')}` : ''}`;
}

/** The same of the parts of one file. */
export function keptParts({ path, parts }: ChoosableFile, dropped: TelegramDropped): number {
  return parts.filter(({ place }) => !isDropped(dropped, path, place)).length;
}

function amount(kept: number, all: number, noun: string): string {
  return kept === all ? `all ${all} ${noun}` : `${kept} of ${all} ${noun}`;
}
