import { allRules } from '../rules/all-rules.ts';
import type { Clause, Draft, Memory } from './clause.ts';
import { holdLiterals, type Literal, writtenText } from './literals.ts';
import { plainInstruction } from './politeness.ts';
import { possibleEnds, splitSurely } from './split-clauses.ts';
import { startsWithVerb } from './verbs.ts';

/** Longer goals, and longer single instructions outside of quotes and fences, are not read: no rule needs more. */
export const goalLimit = 200_000;
const clauseLimit = 4_000;
const clausesLimit = 100;

/** What a goal comes to: the drafts in order, and the parts that no rule covers, in the person's words. */
export type Reading = { drafts: Draft[]; notUnderstood: string[]; problem?: string };

export function readGoal(goal: string, memory: Memory): Reading {
  const problem = whyUnreadable(goal);
  if (problem) return { drafts: [], notUnderstood: [], problem };
  const { text, literals } = holdLiterals(goal);
  const reading: Reading = { drafts: [], notUnderstood: [] };
  let known = memory;
  const pieces = splitSurely(text.replace(/[^\S\n]{20,}/g, ' '), literals);
  for (const piece of pieces.slice(0, clausesLimit)) known = readPiece(piece, literals, known, reading);
  if (pieces.length > clausesLimit) reading.notUnderstood.push(`(${pieces.length - clausesLimit} more lines)`);
  return reading;
}

function whyUnreadable(goal: string): string | undefined {
  if (goal.trim() === '') return 'The goal is empty.';
  if (goal.length > goalLimit)
    return `The goal is ${goal.length.toLocaleString('en')} characters long; the rules agent reads up to ${goalLimit.toLocaleString('en')}.`;
  const control = goal.match(/[\0-\x08\x0e-\x1f\x7f\uFFFD]/g)?.length ?? 0;
  if (goal.includes('\0') || control > goal.length / 20) return 'The goal is not text: it holds control characters.';
  return undefined;
}

function readPiece(piece: string, literals: Literal[], memory: Memory, reading: Reading): Memory {
  if (piece.length > clauseLimit) {
    reading.notUnderstood.push(`${writtenText(piece.slice(0, 200), literals)}...`);
    return memory;
  }
  const text = plainInstruction(piece);
  if (text === '' || isHeading(text)) return memory;
  for (const [end, start] of possibleEnds(text)) {
    const head = matchRules({ text: plainInstruction(text.slice(0, end)), literals }, memory);
    if (!head) continue;
    const after = remember(memory, head);
    const rest = plainInstruction(text.slice(start));
    if (!understandsStart(rest, literals, after) && !startsWithVerb(rest)) continue;
    if (head.some((draft) => draft.confidence < 0.6)) continue;
    add(reading, head);
    return readPiece(text.slice(start), literals, after, reading);
  }
  const whole = matchRules({ text, literals }, memory);
  if (!whole) {
    const words = writtenText(piece, literals).trim();
    reading.notUnderstood.push(words);
    const left = `Not understood: ${shortened(words)}`;
    reading.drafts.push({
      title: left,
      kind: 'answer',
      task: { do: 'answer', text: words.slice(0, 2_000) },
      confidence: 1,
    });
    return memory;
  }
  add(reading, whole);
  return remember(memory, whole);
}

/** A scaffold builds already: "... and build it" behind it is the same step. */
function add(reading: Reading, drafts: Draft[]): void {
  const last = JSON.stringify(reading.drafts.at(-1)?.task);
  reading.drafts.push(...drafts.filter((draft, index) => index > 0 || JSON.stringify(draft.task) !== last || draft.task.do !== 'build'));
}

function understandsStart(text: string, literals: Literal[], memory: Memory): boolean {
  if (matchRules({ text, literals }, memory)) return true;
  return possibleEnds(text).some(([end]) => matchRules({ text: plainInstruction(text.slice(0, end)), literals }, memory) !== null);
}

/** "Please do the following:" tells nothing by itself, and results are shown without being asked for. */
function isHeading(text: string): boolean {
  if (/^(?:show|tell|give|report|print)(?: me)? (?:the |its |what it )?(?:outputs?|results?|prints|says)(?: of .{1,60})?$/i.test(text))
    return true;
  return /^(?:do|perform|complete|follow|carry out)?\s*(?:the|these|this)?\s*(?:following|steps?|tasks?|things?|goals?|todo|plan)*\s*(?:in order|below)?\s*:?$/i.test(
    text,
  );
}

function shortened(text: string): string {
  return text.length > 120 ? `${text.slice(0, 117)}...` : text;
}

export function matchRules(clause: Clause, memory: Memory): Draft[] | null {
  for (const rule of allRules) {
    const drafts = rule.match(clause, memory);
    if (drafts) return drafts;
  }
  return null;
}

function remember(memory: Memory, drafts: Draft[]): Memory {
  const files = new Set(memory.files);
  let next: Memory = { ...memory, files };
  for (const draft of drafts) {
    next = { ...next, ...draft.mentions };
    if (draft.mentions?.file) files.add(draft.mentions.file);
  }
  return next;
}
