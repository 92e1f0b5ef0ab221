import type { Rule, RuleMatch } from '#lib/core/rule.ts';
import { describeRule } from './constraint/describe-rule.ts';
import { hideQuotes, showQuotes } from './constraint/quotes.ts';
import { type Clause, readClause } from './constraint/read-clause.ts';
import { type Clock, readUntil } from './constraint/read-until.ts';
import { judgeCommand } from './judge-command.ts';

/** A rule that is not in force yet. `text` is the person's own words; `sentence` says in plain words what will hold. */
export type ProposedRule = Pick<Rule, 'effect' | 'matches' | 'text' | 'until'> & { sentence: string };

/** `notUnderstood`: parts that no rule came of. As long as there are any, nothing of the text should hold. */
export type ConstraintReading = { rules: ProposedRule[]; notUnderstood: string[] };

const matchLimit = 100;
const politeness =
  /^(?:please|kindly|absolutely|strictly|also|and|but|always|note that|remember(?: that| to)?|make sure(?: that)?(?: to)?(?: you)?|be sure to|ensure(?: that)?|i want(?: you)? to|i'd like(?: you)? to|you (?:must|should|have to|need to|are to|will)|(?:the )?agents? (?:must|should|may|can)(?= (?:not|never|only))|(?:the )?agents? (?:must|should)|we (?:must|should)|it (?:must|should)|(?:for|in|on) this (?:project|thread|run|repo(?:sitory)?|workspace))[,:]?\s+/i; // prettier-ignore
/** Where a line of a list begins: it is a sentence of its own. */
const lineStart = /(?:^|\s*\n)\s*(?:[-*•]\s+|\d{1,2}[.)]\s+)?/g;
const separator =
  /\s*(?<!look),(?![^\s{}]*\}|\d{3}\b)\s*(?:and |or |but |nor )?|\s*;\s*|\s+(?:and also|and|or|nor|&|plus)\s+|(?<!anything|everything|nothing|network|internet|access|look,?)\s+but\s+(?:also\s+)?/gi;

/**
 * What a person's words forbid, allow or want asked, as rules. Reads English phrases of many kinds and no model; what it does not understand it
 * says. Combinations are joined by commas, "and", "or". `clock` gives meaning to "until Friday".
 */
export function readConstraint(text: string, clock: Clock): ConstraintReading {
  const { text: hidden, parts } = hideQuotes(
    text.normalize('NFC').replaceAll(/[’‘]/g, "'").replaceAll(lineStart, '. ').replaceAll(/\s+/g, ' '),
  );
  const reading: ConstraintReading = { rules: [], notUnderstood: [] };
  for (const sentence of hidden.split(/[.!?](?=\s|$)/).map((one) => one.trim())) {
    if (sentence !== '') readSentence(sentence, parts, clock, reading);
  }
  return reading;
}

function readSentence(sentence: string, parts: string[], clock: Clock, reading: ConstraintReading): void {
  const { rest, until, unread } = readUntil(sentence, clock);
  if (unread) reading.notUnderstood.push(showQuotes(unread, parts));
  const found: { clause: Clause; from: number; to: number }[] = [];
  for (const { from, to, isOr } of piecesOf(rest)) {
    const words = impolite(rest.slice(from, to));
    if (words === '') continue;
    const fresh = readClause(words, parts);
    const last = found.at(-1);
    const continued = fresh ? null : last?.clause.take(words, isOr);
    if (fresh) found.push({ clause: fresh, from, to });
    else if (last && continued) Object.assign(last, { clause: continued, to });
    else reading.notUnderstood.push(showQuotes(rest.slice(from, to).trim(), parts));
  }
  for (const { clause, from, to } of found) {
    const matches = unique(clause.matches);
    const said = showQuotes(rest.slice(from, to).trim(), parts).slice(0, 500);
    if (matches.length > matchLimit) reading.notUnderstood.push(`${said} (too much for one rule)`);
    else if (clause.effect === 'allow' && isNever(matches)) reading.notUnderstood.push(`${said} (never allowed, whatever the rules say)`);
    else reading.rules.push(propose({ effect: clause.effect, matches, text: said, until: until?.toISOString() ?? null }, clock));
  }
}

/** Where the parts of a sentence begin and end, without the words that join them. */
function piecesOf(sentence: string): { from: number; to: number; isOr: boolean }[] {
  const joints = [...sentence.matchAll(separator)].map((match) => ({
    at: match.index,
    end: match.index + match[0].length,
    isOr: /\bn?or\b/i.test(match[0]),
  }));
  const starts = [{ end: 0, isOr: false }, ...joints];
  return starts.map(({ end, isOr }, index) => ({ from: end, to: joints[index]?.at ?? sentence.length, isOr }));
}

/** Whether it speaks of a command that is denied by nature: no rule allows that. */
function isNever(matches: RuleMatch[]): boolean {
  return matches.some((match) => match.on === 'command' && judgeCommand(match.words.join(' '), true).decision === 'deny');
}

function impolite(piece: string): string {
  let words = piece.trim();
  for (let next = words.replace(politeness, ''); next !== words; next = words.replace(politeness, '')) words = next;
  return words.replace(/^(?:please|thanks|thank you)$/i, '');
}

function propose(rule: Omit<ProposedRule, 'sentence'>, { timeZone }: Clock): ProposedRule {
  return { ...rule, sentence: describeRule(rule, timeZone) };
}

function unique(matches: RuleMatch[]): RuleMatch[] {
  return [...new Map(matches.map((match) => [JSON.stringify(match), match])).values()];
}
