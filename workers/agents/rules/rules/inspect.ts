import type { ToolCall } from '#lib/core/tool.ts';
import type { Draft, Rule } from '../reasoner/clause.ts';
import { contentOf, literalOf } from '../reasoner/literals.ts';
import { isKnown, looksLikePath, pathGroup, pathsGroup, pattern, splitNames, toPath } from '../reasoner/names.ts';

function looking(title: string, ...calls: ToolCall[]): Draft[] {
  return [{ title, kind: 'inspect', task: { do: 'calls', calls, show: true }, confidence: 0.9 }];
}

const ask = "(?:list|show(?:\\s+me)?|print|display|give me|what(?:'s| is| are)?|tell me|see|view|get|look at|which|ls|let me see)";
const listing = pattern(
  `^${ask}\\s+(?:me\\s+)?(?:all\\s+)?(?:of\\s+)?(?:the\\s+|my\\s+|its\\s+)?(?:files?(?:\\s+and\\s+(?:folders|directories))?|folders|directories|contents?|(?:folder|directory)\\s+(?:contents?|listing))(?:\\s+(?:are\\s+)?(?:there|exist|present|we have|do we have|do i have|listed))?(?:\\s*(?:are\\s+)?(?:in|inside|of|under|from|at)\\s+(?:the\\s+|this\\s+|my\\s+)?(?:(?:folder|directory|dir)\\s+)?${pathGroup}(?:\\s+(?:folder|directory|dir|root))?)?$`,
);
const structure =
  /^(?:show(?: me)?|list|print|display|what(?:'s| is)|give me|tell me|describe|view)\s+(?:me\s+)?(?:the\s+|this\s+|my\s+)?(?:(?:project|file|folder|directory|repo(?:sitory)?|code)(?:'s)?\s+)*(?:structure|tree|layout|hierarchy)(?:\s+of\s+(?:the|this|my)\s+(?:project|repo(?:sitory)?|code(?:base)?))?$/i;

export const listFiles: Rule = {
  id: 'list-files',
  examples: ['list the files', 'what files are in src?', 'show me the project structure'],
  match(clause, memory) {
    if (structure.test(clause.text)) return looking('Show the structure of the project', { tool: 'project_structure', args: { depth: 4 } });
    const match = listing.exec(clause.text);
    if (!match) return null;
    const named = toPath(match[1], clause, memory) ?? '.';
    if (looksLikePath(match[1] ?? '.', clause, memory) && /\.\w+$/.test(named) && !memory.folder) return null;
    const path = /^(?:project|repo|repository|root|workspace|here|this|tree|current|codebase|directory|folder)$/i.test(named) ? '.' : named;
    return looking(path === '.' ? 'List the files' : `List the files in ${path}`, { tool: 'list_files', args: { path } });
  },
};

const reading = pattern(
  `^(?:(?:read|show(?:\\s+me)?|print|display|open|cat|view|output|see|look at|check)(?:\\s+(?:me|out))?|what(?:'s| is| does))\\s+(?:me\\s+)?(?:all\\s+(?:of\\s+)?)?(?:(?:the\\s+)?(?:full\\s+|whole\\s+)?(?:contents?|text|inside)\\s+(?:of|in|from)\\s+|in\\s+|inside\\s+(?:of\\s+)?)?(?:the\\s+|this\\s+|that\\s+)?(?:files?\\s+)?(?:(?:called|named)\\s+)?${pathsGroup}(?:\\s+file)?(?:'s\\s+contents?)?(?:\\s+(?:contain|contains|say|says|look like|hold))?(?:\\s+(?:to me|back))?$`,
);

export const readFiles: Rule = {
  id: 'read-file',
  examples: ['read README.md', 'show me the contents of src/main.ts', "what's in package.json?"],
  match(clause, memory) {
    const match = reading.exec(clause.text);
    if (!match?.[1]) return null;
    const words = splitNames(match[1]);
    const isFile = (word: string) =>
      looksLikePath(word, clause, memory) || (/^(?:it|that|this|file)$/i.test(word) && memory.file !== undefined);
    if (!words.every(isFile)) return null;
    const paths = words.map((word) => (/^file$/i.test(word) ? memory.file : toPath(word, clause, memory)));
    return paths.flatMap((path): Draft[] => {
      if (!path) return [];
      if (!memory.files.has(path) && isKnown(path, memory))
        return looking(`List the files in ${path}`, { tool: 'list_files', args: { path } });
      return looking(`Read ${path}`, { tool: 'read_file', args: { path } }).map((draft) => ({ ...draft, mentions: { file: path } }));
    });
  },
};

const searching = [
  pattern(
    `^(?:search|grep|look|scan)\\s+(?:(?:through|in|inside|across)\\s+)?(?:(?:all|the|every)\\s+)*(?:(?:files?|project|code(?:base)?|repo(?:sitory)?)\\s+)*(?:(?:in|inside)\\s+${pathGroup}\\s+)?for\\s+(?:the\\s+)?(?:(?:word|text|string|all|every|any|occurrences? of|uses? of|mentions? of)\\s+)*(.+?)(?:\\s+in\\s+(?:the\\s+|all\\s+)?(?:project|code(?:base)?|repo(?:sitory)?|files|the files))?$`,
  ),
  pattern(
    `^(?:find|grep|locate|search|show me|list)\\s+(?:me\\s+)?(?:where\\s+)?(?:(?:all|the|every|any|each)\\s+)*(?:(?:occurrences?|uses?|usages?|mentions?|places?|files?)\\s+(?:of|that (?:use|mention|contain)|containing|with|mentioning|using)\\s+)(?:the\\s+)?(?:(?:word|text|string)\\s+)?()(.+?)(?:\\s+in\\s+(?:the\\s+|all\\s+)?(?:project|code(?:base)?|repo(?:sitory)?|files))?$`,
  ),
  pattern(
    `^(?:find|grep|search)\\s+(?:for\\s+)?(?:(?:all|every|any)\\s+)?(?:the\\s+)?(?:(?:word|text|string)\\s+)?()(.+?)\\s+in\\s+(?:the\\s+|all\\s+)?(?:project|code(?:base)?|repo(?:sitory)?|files)$`,
  ),
  pattern(`^where\\s+(?:is|are|do we use|does)\\s+()(.+?)(?:\\s+(?:used|defined|mentioned|called|declared|set))$`),
  pattern(
    `^(?:find|grep|search|look)\\s+(?:for\\s+)?(?:(?:all|every|any)\\s+)?()((?:the\\s+(?:word|text)\\s+)?(?:[\\uE000-\\uF8FF]|(?:TODO|FIXME)(?:s|\\s+comments?)?)(?:\\s+in\\s+.+)?)$`,
  ),
];

export const searchFiles: Rule = {
  id: 'search-files',
  examples: ['search for "TODO"', 'find all uses of parseDate in the project', 'grep FIXME in the code', 'find all TODO comments'],
  match(clause, memory) {
    for (const form of searching) {
      const match = form.exec(clause.text);
      if (!match?.[2]) continue;
      const inner = pattern(`^(.+?)\\s+(?:in|inside|within)\\s+(?:the\\s+)?(?:(?:folder|directory|file)\\s+)?${pathGroup}$`).exec(match[2]);
      const inPath = inner?.[2] && (looksLikePath(inner[2], clause, memory) || memory.folder === inner[2]) ? inner : null;
      const path = toPath(match[1] || inPath?.[2], clause, memory) ?? '.';
      const query = contentOf((inPath?.[1] ?? match[2]).replace(/^the\s+(?:word|text|string)\s+/i, ''), clause.literals)
        .replace(/^(TODO|FIXME)(?:s|\s+comments?)$/i, '$1')
        .slice(0, 500);
      if (query === '') return null;
      return looking(`Search for "${query.slice(0, 80)}"`, { tool: 'search_files', args: { query, path } });
    }
    return null;
  },
};

export const summarizeProject: Rule = {
  id: 'summarize',
  examples: ['summarize the project', 'what is this project about?', 'give me an overview of the repository'],
  match({ text, literals }) {
    const match =
      /^(?:summari[sz]e|describe|explain|analy[sz]e|explore|inspect|look (?:at|around|over)|(?:give|show|write|create|tell)(?: me)?\s+(?:a|an|the)?\s*(?:short |brief |quick )?(?:summary|overview|description)(?: of)?|what(?:'s| is)|tell me about|what does)\s*(?:(?:the|this|my|our|whole|entire|current|in)\s+)*(?:project|repo(?:sitory)?|code(?:base)?|workspace|app|application)(?:\s+(?:about|do|for|does|structure|contain))*$/i.test(
        text,
      );
    return match && !literalOf(text, literals)
      ? [{ title: 'Summarise the project', kind: 'inspect', task: { do: 'summarize' }, confidence: 0.85 }]
      : null;
  },
};
