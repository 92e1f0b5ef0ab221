import type { Rule, RuleMatch } from '#lib/core/rule.ts';
import { type Act, anything, leaveOutMore, readAct, readOnlyAct } from './read-act.ts';
import { readMoney } from './read-objects.ts';

/** One rule in the making. `take` adds the next item of a list, or says that it is none: "never touch a/" + "b/". `isOr`: "or" stands before it. */
export type Clause = { effect: Rule['effect']; matches: RuleMatch[]; take(item: string, isOr: boolean): Clause | null };

type Mood = { pattern: RegExp; effect: Rule['effect'] };

const me = String.raw`(?:\s+(?:me|us|a person|someone|somebody))?`;
const first = String.raw`(?:\s+first)?`;
const unasked = new RegExp(
  `\\s+(?:without\\s+(?:first\\s+)?(?:asking|checking|(?:my|our|an?)\\s+(?:ok|okay|approval|permission|yes))${me}${first}|unless (?:i|we) (?:say so|agree|approve|allow it))$`,
  'i',
); // prettier-ignore

/** How an act is meant, by the words in front of it; the first that fits decides. */
const moods: Mood[] = [
  { effect: 'allow', pattern: /^(?:do not|don't|dont|never|no need to)\s+ask(?:\s+(?:me|us))?\s+(?:before|for|about|when)\s+/i },
  {
    effect: 'ask',
    pattern: new RegExp(
      `^(?:ask|check(?: with)?|confirm(?: with)?|get (?:my|our|an?) (?:ok|okay|approval|permission)|wait for (?:me|my ok)|stop)${me}${first}\\s+(?:before|prior to|when|for|about)\\s+(?:you(?:'re)?\\s+)?`,
      'i',
    ),
  },
  { effect: 'ask', pattern: /^(?:get|needs?|requires?)\s+(?:my\s+|an?\s+)?(?:ok|okay|approval|permission)\s+(?:for|before)\s+/i },
  {
    effect: 'deny',
    pattern:
      /^(?:you\s+)?(?:nobody may|no one may|never|do not|don't|dont|do never|must not|mustn't|may not|should not|shouldn't|cannot|can't|can not|not|avoid|refrain from|without|forbid|disable|block|no|stop)(?:\s+(?:ever|allowed to|permitted to|allow|permit))?\s+/i,
  },
  {
    effect: 'allow',
    pattern:
      /^(?:always\s+)?(?:allow(?:ed to)?|permit|(?:you\s+)?(?:may|can)(?:\s+always)?|it is (?:ok|okay|fine) to|(?:ok|okay|fine) to|feel free to)\s+/i,
  },
]; // prettier-ignore

const onlyFirst =
  /^(?:only|just)\s+((?:touch|chang|edit|modif|writ|alter|updat|work|creat|talk|speak|connect|reach|contact|access|us|visit|call|download|fetch)\w*(?:\s+(?:to|in|into|inside|under|within|from|files in|the files in|code in))?)\s+(.+)$/i;
const onlyLater =
  /^((?:touch|chang|edit|modif|writ|work|stay|keep|talk|connect|access|go)\w*(?:\s+(?:to|in|within|inside))?)\s+(?:only|just|exclusively|nothing but)\s+(?:(to|in|within|inside)\s+)?(.+)$/i;
const within =
  /^(?:stay|keep|remain|work)\s+(?:in|inside|within|to|only in)\s+(.+)$|^only\s+(\S+)\s+(?:may|should|must|can)\s+(?:be\s+)?(?:change[ds]?|touched|edited|modified)$|^(?:(?:touch|change|edit|modify)\s+)?nothing\s+(?:outside(?: of)?|but|except|other than)\s+(.+?)(?:\s+(?:may|should|must|can)\s+(?:be\s+)?(?:change[ds]?|touched|edited|modified))?$/i; // prettier-ignore
const leaveAlone =
  /^(?:leave|keep)\s+(.+?)\s+(?:alone|untouched|unchanged|intact|(?:exactly\s+)?as (?:it|they) (?:is|are)|as is|frozen)$|^(?:(?:keep|stay)\s+(?:your\s+hands\s+)?(?:off|out of|away from)|hands off(?: of)?|stay clear of|protect)\s+(.+)$|^(.+?)\s+(?:(?:is|are)\s+(?:off[- ]limits|frozen|read[- ]only|taboo|untouchable)|(?:must|may|should|can)(?:\s+not|n't)\s+(?:be\s+)?(?:change[sd]?|touched|edited|modified)|(?:must|should) (?:stay|remain)\s+(?:as (?:it|they) (?:is|are)|unchanged|untouched|the same))$/i; // prettier-ignore
const offline =
  /^(?:(?:stay|work|be|remain|keep)\s+)?(?:fully\s+|completely\s+)?offline(?:\s+only)?$|^(?:network|internet)\s+(?:is\s+)?(?:off|forbidden|disabled|off[- ]limits)$/i; // prettier-ignore
const readOnly =
  /^(?:(?:this is|stay|keep it|be|in)\s+)?read[- ]?only(?:\s+mode)?$|^(?:just|only)\s+(?:look|read)(?:\s+around)?$|^look(?:,)?\s+(?:but\s+)?(?:don't|do not)\s+touch$|^(?:change|touch|edit|modify)\s+nothing$|^no changes$/i; // prettier-ignore
const atMost =
  /^(?:(?:spend|use|cost|pay)\s+)?(?:no more than|at most|stop at|max(?:imum)?(?:\s+of)?|up to|less than|under|(?:keep (?:it|the cost|costs|spending)\s+)?(?:under|below)|(?:a\s+)?(?:budget|limit|cap)(?:\s+(?:of|is))?:?)\s+(.+?)(?:\s+(?:max(?:imum)?|in total|total|at most))?$|^(.+?)\s+(?:max(?:imum)?|at most|budget|limit)$/i; // prettier-ignore

/** A clause by itself, or null. Quoted parts are hidden in it: see `hideQuotes`. */
export function readClause(text: string, parts: string[]): Clause | null {
  const words = text.trim().replace(/\s+(?:please|ok|okay|again|any ?more|at all)$/i, '');
  if (readOnly.test(words)) return single('deny', [{ on: 'path', glob: '**', act: 'write' }]);
  if (offline.test(words)) return single('deny', [{ on: 'host', host: '*' }]);
  const spent = atMost.exec(words);
  const limit = readMoney((spent?.[1] ?? spent?.[2] ?? '').replace(/^to\s+/i, ''));
  if (limit !== null) return single('deny', [{ on: 'cost', aboveUsd: limit }]);
  return readOnlyClause(words, parts) ?? readLeaveAlone(words, parts) ?? readMood(words, parts);
}

function single(effect: Rule['effect'], matches: RuleMatch[]): Clause {
  return { effect, matches, take: () => null };
}

function readOnlyClause(words: string, parts: string[]): Clause | null {
  const [, verb, object] = onlyFirst.exec(words) ?? [];
  if (verb && object) return onlyList(verb, [object], parts);
  const later = onlyLater.exec(words);
  if (later?.[1] && later[3]) return onlyList(/^(?:stay|keep|go)/i.test(later[1]) ? 'change' : later[1], [later[3]], parts);
  const inside = within.exec(words);
  const place = inside?.[1] ?? inside?.[2] ?? inside?.[3];
  return place ? onlyList('change', [place], parts) : null;
}

function onlyList(verb: string, objects: string[], parts: string[]): Clause | null {
  const matches = readOnlyAct(verb, objects, parts);
  return matches && { effect: 'deny', matches, take: (item) => onlyList(verb, [...objects, item], parts) };
}

function readLeaveAlone(words: string, parts: string[]): Clause | null {
  const found = leaveAlone.exec(words);
  const object = found?.[1] ?? found?.[2] ?? found?.[3];
  const act = object ? readAct(/dependenc|packages$/i.test(object) ? object : `change ${object}`, parts) : null;
  return act && withActs('deny', [act], parts);
}

function readMood(words: string, parts: string[]): Clause | null {
  const asks = unasked.test(words);
  const said = words.replace(unasked, '');
  for (const { pattern, effect } of moods) {
    const found = pattern.exec(said);
    const rest = found ? said.slice(found[0].length) : '';
    const act = found ? (readAct(rest, parts) ?? readBareAct(effect, found[0], rest, parts)) : null;
    if (act && !(asks && effect === 'ask')) return allowsOnly(asks && effect === 'deny' ? 'ask' : effect, act, parts);
  }
  return null;
}

/** "no curl", "allow npm test", "block example.org": a program or a host without a verb. Programs that are English words too need one. */
function readBareAct(effect: Rule['effect'], mood: string, rest: string, parts: string[]): Act | null {
  if (anything.test(rest)) return null;
  if (/^(?:touch|make|find|host|watch|time|at|kill|node|next|go|install|http|fly|helm|brew|yarn)\b/i.test(rest)) return null;
  if (/^(?:the\s+|any\s+|all\s+)?(?:mcp\s+)?tools?\s/i.test(rest)) return readAct(`use ${rest}`, parts);
  const host = effect === 'allow' || /^block/i.test(mood) ? readAct(`talk to ${rest}`, parts) : null;
  return host ?? readAct(`run ${rest}`, parts);
}

/** What a person may allow: commands, hosts and tools; paths need no leave. */
function allowsOnly(effect: Rule['effect'], act: Act, parts: string[]): Clause | null {
  if (
    effect === 'allow' &&
    act.matches.some((match) => match.on === 'path' || match.on === 'cost' || (match.on === 'tool' && match.tool === 'run_command'))
  )
    return null; // prettier-ignore
  return withActs(effect, [act], parts);
}

function withActs(effect: Rule['effect'], acts: Act[], parts: string[]): Clause {
  return {
    effect,
    matches: acts.flatMap(({ matches }) => matches),
    take(item, isOr) {
      const last = acts.at(-1);
      const own = readAct(item, parts);
      // "don't use npm, use pnpm": what comes is an order, and nothing that is forbidden too.
      if (effect !== 'allow' && !isOr && own && last?.object && isOrder(item, own)) return null;
      const wider = last && !own ? leaveOutMore(last, item, parts) : null;
      if (wider) return withActs(effect, [...acts.slice(0, -1), wider], parts);
      // "never delete or change tests/": the verb before has the same object.
      const shared = own?.object && last?.object === '' ? readAct(`${last.verb} ${own.object}`, parts) : null;
      const next = own ?? (last ? readAct(`${last.verb} ${item}`, parts) : null);
      if (!next) return null;
      const before = shared && shared.verb === last?.verb ? [...acts.slice(0, -1), shared] : acts;
      return withActs(effect, [...before, next], parts);
    },
  };
}

function isOrder(item: string, { verb }: Act): boolean {
  return !/^\w+ing\b/i.test(item) && item.toLowerCase().startsWith(`${verb.toLowerCase()} `);
}
