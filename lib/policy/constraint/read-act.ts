import type { RuleMatch } from '#lib/core/rule.ts';
import { dependencyMatches } from './dependency-matches.ts';
import { showQuotes } from './quotes.ts';
import { readCommand, readExactPaths, readHost, readMoney, readPaths } from './read-objects.ts';

/** Something that an agent might do, as rules look at it. `verb` and `object` serve lists: "change a and b", "delete or change c"; '' awaits its object. */
export type Act = { matches: RuleMatch[]; verb: string; object: string };

/** What stands for all files, or for all that may happen. */
export const anything =
  /^(?:(?:anything|any ?thing|something|stuff|things|any files?|all files?|files|the code|code|any code|the project|everything)(?: at all)?)$/i;
const except =
  /^(?:anything|any files?|files|everything|any ?thing|something)\s+(?:except(?: for| in| to)?|outside(?: of)?|but|other than|besides|beyond|apart from|not in)\s+(.+)$/i;
/** "src/ except src/generated/". */
const exceptOf = /^(\S.*?)\s+(?:except(?: for| in| to)?|other than|apart from|besides)\s+(\S.*)$/i;
const networkNames = String.raw`(?:(?:the|any|every|each|all)\s+)?(?:network|internet|web|net)(?:\s+(?:access|requests?|calls?|connections?|traffic))?`;
const networkAct = new RegExp(
  `^(?:(?:us|access|open|reach|need|connect|touch)\\w*\\s+(?:to\\s+)?)?(?:${networkNames}|(?:go|gets?|going|getting|be|being)\\s+online|(?:network|internet|web) access)$`,
  'i',
);
const networkExcept = new RegExp(
  `^(?:(?:us|access|reach)\\w*\\s+)?${networkNames}\\s+(?:except(?: for| to)?|but|other than|besides|apart from)\\s+(?:to\\s+)?(.+)$`,
  'i',
);
const dependencies =
  /^(?:(?:add|install|introduc|bring|us|chang|updat|upgrad|touch)\w*\s+(?:in\s+)?)?(?:any\s+|an?\s+|the\s+)?(?:(?:new|more|additional|extra|other|further|external|third[- ]party|npm|pip|python|node|cargo|ruby)\s+)*(?:dependenc(?:y|ies)|deps?|packages?|librar(?:y|ies)|modules?)$|^install(?:ing|s|ations?)?(?:\s+(?:any|some)thing)?$/i;

const publishing = [
  'npm publish',
  'pnpm publish',
  'yarn publish',
  'yarn npm publish',
  'bun publish',
  'deno publish',
  'cargo publish',
  'poetry publish',
  'uv publish',
  'twine upload',
  'gem push',
];

type Verb = { pattern: RegExp; read: (object: string, parts: string[]) => RuleMatch[] | null };

const verbs: Verb[] = [
  {
    pattern: /^((?:touch|chang|edit|modif|writ|alter|updat|overwrit)\w*(?:\s+(?:to|in|into|inside|under|within|of))?)(?:\s+(.+))?$/i,
    read: (object, parts) => pathMatches(object, parts, 'write'),
  },
  {
    pattern: /^((?:renam|mov|creat)\w*(?:\s+(?:to|in|into|inside|under|within|of))?)\s+(.+)$/i,
    read: (object, parts) => (anything.test(object) ? null : pathMatches(object, parts, 'write')),
  },
  {
    pattern: /^((?:delet|remov|eras|wip)\w*(?:\s+(?:of|from|in))?)(?:\s+(.+))?$/i,
    read: (object, parts) => pathMatches(object, parts, 'delete'),
  },
  {
    pattern:
      /^((?:talk|speak|connect|reach|contact|access|visit|call|us|download|fetch|request|pull|brows|send)\w*(?:\s+(?:out\s+)?(?:to|from|with|data to|anything to))?)\s+(.+)$/i,
    read: hostMatches,
  },
  { pattern: /^((?:us|call)\w*(?:\s+(?:the|any|all))?(?:\s+mcp)?\s+tools?)\s+(.+)$/i, read: toolMatches },
  { pattern: /^((?:run|execut|us|call|invok|start|launch)\w*)\s+(.+)$/i, read: commandMatches },
  {
    pattern: /^(publish\w*)(?:\s+(?:anything|packages?|it|to npm|to a registry))?$/i,
    read: () => publishing.map((command) => ({ on: 'command', words: command.split(' ') })),
  },
  {
    pattern: /^((?:git\s+)?push\w*)(?:\s+(?:anything|to \w+|commits?|code|it))?$/i,
    read: () => [{ on: 'command', words: ['git', 'push'] }],
  },
  { pattern: /^(spend\w*(?:\s+(?:more than|over|above))?)\s+(.+)$/i, read: costMatches },
]; // prettier-ignore

/** Reads an act as a verb with its object, or as a noun: "change src/", "deleting", "running `npm publish`", "new dependencies", "network". */
export function readAct(text: string, parts: string[]): Act | null {
  const phrase = text.trim();
  if (networkAct.test(phrase)) return { matches: [{ on: 'host', host: '*' }], verb: 'use', object: phrase };
  const hosts = networkExcept.exec(phrase)?.[1];
  const host = hosts === undefined ? null : readHost(hosts, parts);
  if (host) return { matches: [{ on: 'host', host: '*', except: [host] }], verb: 'use the network except', object: hosts ?? '' };
  if (dependencies.test(phrase)) return { matches: [...dependencyMatches], verb: 'add', object: phrase };
  if (/^(?:any|every|each|all|shell)\s+commands?$/i.test(phrase))
    return { matches: [{ on: 'tool', tool: 'run_command' }], verb: 'run', object: phrase };
  if (/^(?:(?:us|call)\w*\s+)?(?:any\s+)?mcp(?:\s+(?:tools?|servers?))?$/i.test(phrase))
    return { matches: [{ on: 'tool', tool: 'mcp' }], verb: 'use', object: phrase };
  if (
    /^(?:(?:us|do)\w*\s+)?(?:(?:any\s+)?web (?:search(?:es)?|fetch(?:es)?)|fetch\w* (?:web ?pages|urls?)|brows\w+ the web)$/i.test(phrase)
  )
    return { matches: ['fetch', 'search_web', 'WebFetch', 'WebSearch'].map((tool) => ({ on: 'tool', tool })), verb: 'use', object: phrase };
  const noun = phrase
    .replace(/^(?:any\s+)?changes?\s+(?:to|in|outside(?: of)?|under)\s+/i, (found) =>
      /outside/i.test(found) ? 'change anything outside ' : 'change ',
    )
    .replace(/^(?:any\s+)?deletions?(?:\s+(?:of|in))?/i, 'delete')
    .replace(/^(?:any\s+)?(?:changes|edits|writes|modifications)$/i, 'change anything'); // prettier-ignore
  for (const { pattern, read } of verbs) {
    const [, verb, object = ''] = pattern.exec(noun) ?? [];
    const matches = verb === undefined ? null : read(object, parts);
    if (matches && verb) return { matches, verb, object: object || (/^(?:delet|remov|eras|wip)/i.test(verb) ? '' : phrase) };
  }
  return null;
}

/** All but what a list names: "only change src/ and docs/". */
export function readOnlyAct(text: string, objects: string[], parts: string[]): RuleMatch[] | null {
  if (/^(?:touch|chang|edit|modif|writ|alter|updat|work|creat)/i.test(text)) {
    const globs = objects.map((object) => readExactPaths(object, parts));
    return globs.every((one) => one !== null) ? [{ on: 'path', glob: '**', act: 'write', except: globs.flat() }] : null;
  }
  const hosts = objects.map((object) => readHost(object, parts));
  return hosts.every((host) => host !== null) ? [{ on: 'host', host: '*', except: hosts }] : null;
}

function pathMatches(object: string, parts: string[], act: 'write' | 'delete'): RuleMatch[] | null {
  if (anything.test(object) || (object === '' && act === 'delete')) return [{ on: 'path', glob: '**', act }];
  const left = except.exec(object)?.[1];
  if (left !== undefined) {
    const globs = readExactPaths(left, parts);
    return globs && [{ on: 'path', glob: '**', act, except: globs }];
  }
  const but = exceptOf.exec(object);
  if (but?.[1] && but[2]) {
    const [matches, globs] = [pathMatches(but[1], parts, act), readExactPaths(but[2], parts)];
    return globs && (matches?.map((match) => ({ ...match, except: globs })) ?? null);
  }
  const inside = object.replace(
    /^(?:anything|any files?|files|the files?|something|stuff)\s+(?:in|inside|under|within|of|from|below)\s+/i,
    '',
  );
  return inside === '' ? null : (readPaths(inside, parts)?.map((glob) => ({ on: 'path', glob, act })) ?? null);
}

/** The same act with one more thing left out of it: "anything outside src/" + "docs/". Null when nothing is left out of it. */
export function leaveOutMore(act: Act, item: string, parts: string[]): Act | null {
  const [first] = act.matches;
  if (!first || !('except' in first) || !first.except) return null;
  const host = readHost(item, parts);
  const more = first.on === 'path' ? readExactPaths(item, parts) : host && [host];
  if (!more) return null;
  const matches = act.matches.map((match) =>
    'except' in match && match.except ? { ...match, except: [...match.except, ...more] } : match,
  );
  return { ...act, matches };
}

function hostMatches(object: string, parts: string[]): RuleMatch[] | null {
  const host = readHost(object, parts);
  return host ? [{ on: 'host', host }] : null;
}

/** "search of docs": one tool of a server; "of docs": all of them. */
function toolMatches(object: string, parts: string[]): RuleMatch[] | null {
  const name = /^[\w.:/*-]{1,100}$/;
  const [tool = '', server] = showQuotes(object, parts)
    .replaceAll('`', '')
    .split(/(?:^|\s+)(?:of|from|on)\s+(?:the\s+)?(?:mcp\s+)?(?:server\s+)?/i);
  if (server === undefined) return name.test(tool) ? [{ on: 'tool', tool }] : null;
  return name.test(server) && (tool === '' || name.test(tool)) ? [{ on: 'tool', tool: tool || '*', server }] : null;
}

function commandMatches(object: string, parts: string[]): RuleMatch[] | null {
  if (/^(?:any\s+|every\s+|each\s+|all\s+|shell\s+|terminal\s+)*(?:commands?|programs?|scripts?|anything)$/i.test(object))
    return [{ on: 'tool', tool: 'run_command' }];
  const words = readCommand(object, parts);
  return words ? [{ on: 'command', words }] : null;
}

function costMatches(object: string): RuleMatch[] | null {
  if (/^(?:anything|money|any money)$/i.test(object)) return [{ on: 'cost', aboveUsd: 0.000001 }];
  const aboveUsd = readMoney(object);
  return aboveUsd === null ? null : [{ on: 'cost', aboveUsd }];
}
