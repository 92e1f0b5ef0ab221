import type { Clause, Draft, Memory, Rule } from '../reasoner/clause.ts';
import { contentOf, findLiteral, literalOf } from '../reasoner/literals.ts';
import { isFolder, joinPath, looksLikePath, pathGroup, pathsGroup, pattern, splitNames, toPath } from '../reasoner/names.ts';

const make = '(?:create|make|add|generate|touch|set up|start|initialize|new|mkdir|write|save|put|store|produce|prepare|place)';
const article =
  '(?:(?:me|us)\\s+)?(?:(?:a|an|the|one|another|some|two|three)\\s+)?(?:(?:new|empty|blank|simple|small|short|sub|nested|plain)\\s+)*';

const folderForms = [
  pattern(
    `^(?:mkdir(?:\\s+-p)?|${make}\\s+${article}(?:sub)?(?:folder|directory|dir|directories|folders|dirs)s?)\\s+(?:(?:called|named|with the name)\\s+|:\\s*)?${pathsGroup}(?:\\s+(?:in|inside|under)\\s+(?:the\\s+)?(?:folder\\s+|directory\\s+)?${pathGroup}(?:\\s+folder|\\s+directory)?)?$`,
  ),
  pattern(`^${make}\\s+${article}${pathsGroup}\\s+(?:folder|directory|dir|folders|directories)s?$`),
];

export const createFolder: Rule = {
  id: 'create-folder',
  examples: ['create a folder called docs', 'make a new directory src/components', 'mkdir build'],
  match(clause, memory) {
    const match = folderForms[0]?.exec(clause.text) ?? folderForms[1]?.exec(clause.text);
    if (!match?.[1] || /^(?:with|in|for|that|and)$/i.test(match[1])) return null;
    const parent = toPath(match[2], clause, memory);
    const paths = splitNames(match[1]).map((name) => toPath(name, clause, memory));
    if (paths.length === 0 || paths.some((path) => !path)) return null;
    return paths.map((path): Draft => {
      const whole = joinPath(parent, path ?? '');
      return {
        title: `Create the folder ${whole}`,
        kind: 'edit',
        task: { do: 'calls', calls: [{ tool: 'create_folder', args: { path: whole } }] },
        confidence: 0.95,
        mentions: { folder: whole, file: undefined },
      };
    });
  },
};

const kindOfFile =
  '(?:(?:text|markdown|md|json|yaml|csv|config|html|css|python|javascript|typescript|js|ts|node|shell|bash|txt|readme|env|hidden)\\s+)*';
const called = '(?:(?:called|named|with the name|as|at)\\s+)?';
const carrying =
  '(?:with|containing|that (?:contains|says|reads|has)|which (?:contains|says|reads|has)|saying|reading|holding|whose (?:content|text) is|and (?:write|put)|:)';
const contentWords =
  '(?:\\s*(?:the\\s+|this\\s+|these\\s+|following\\s+|just\\s+|only\\s+)*(?:(?:following|content|contents|text|code|lines?|words?|body|sentence|string|data)\\s*(?:of\\s+|as\\s+|being\\s+|is\\s+)?)*:?\\s*)';
const inFolder = `(?:\\s+(?:in|inside|into|under)\\s+(?:the\\s+|a\\s+)?(?:(?:folder|directory|dir)\\s+)?(?:called\\s+|named\\s+)?${pathGroup}(?:\\s+(?:folder|directory|dir))?)?`;

const named = pattern(
  `^${make}\\s+${article}${kindOfFile}(?:file\\s+)?${called}${pathGroup}(?:\\s+file)?${inFolder}(?:\\s*,?\\s*${carrying}${contentWords}(.+))?$`,
);
const folderFirst = pattern(
  `^${make}\\s+${article}${kindOfFile}file\\s+(?:in|inside)\\s+(?:the\\s+)?(?:folder\\s+)?${pathGroup}(?:\\s+folder)?\\s+(?:called|named)\\s+${pathGroup}(?:\\s*,?\\s*${carrying}${contentWords}(.+))?$`,
);
const following = pattern(
  `^(?:write|put|save|store|place)\\s+(?:the\\s+following|this|these)(?:\\s+(?:text|content|lines?|code))*\\s+(?:to|into|in|inside)\\s+(?:(?:a|the)\\s+)?(?:new\\s+)?(?:file\\s+)?${called}${pathGroup}\\s*:?\\s+(.+)$`,
);
const contentFirst = pattern(
  `^(?:write|put|save|store|place|create|add)\\s+(?:(?:the|this|following)\\s+)*(?:(?:text|words?|content|line|code|string)s?\\s+)*:?\\s*(.+?)\\s+(?:to|into|in|as|inside)\\s+(?:(?:a|the)\\s+)?(?:new\\s+)?${kindOfFile}(?:file\\s+)?${called}${pathGroup}(?:\\s+file)?$`,
);
const several = pattern(
  `^${make}\\s+(?:the\\s+|two\\s+|three\\s+|\\d+\\s+)?(?:(?:new|empty)\\s+)*(?:files?\\s+)?(?:(?:called|named)\\s+|:\\s*)?${pathsGroup}$`,
);

export const createFile: Rule = {
  id: 'create-file',
  examples: [
    'create hello.txt with hello world',
    'create a file notes/todo.md containing "buy milk"',
    "write 'x' to a.txt",
    'create an empty file called empty.txt',
  ],
  match(clause, memory) {
    const below = following.exec(clause.text);
    if (below?.[1]) return write(clause, memory, below[1], undefined, below[2]);
    const first = /^(?:write|put|save|store|place)\b/i.test(clause.text) ? contentFirst.exec(clause.text) : null;
    if (first?.[1] && first[2] && !/^(?:a|an)\s+\w+\s+(?:file|script)/i.test(first[1]) && looksLikeTarget(first[2], clause, memory)) {
      const drafts = write(clause, memory, first[2], undefined, first[1]);
      if (drafts) return drafts;
    }
    const inside = folderFirst.exec(clause.text);
    if (inside?.[2]) return write(clause, memory, inside[2], inside[1], inside[3]);
    const list = several.exec(clause.text);
    const names = list?.[1] ? splitNames(list[1]) : [];
    if (
      names.length > 1 &&
      names.every((name) => looksLikePath(name, clause, memory) && literalOf(name, clause.literals)?.kind !== 'fence')
    )
      return names.flatMap((name) => write(clause, memory, name, undefined, undefined) ?? []);
    const match = named.exec(clause.text);
    if (!match?.[1] || !looksLikeTarget(match[1], clause, memory)) return null;
    return write(clause, memory, match[1], match[2], match[3]);
  },
};

/** A word is taken for a file's name when it looks like one, or when the clause calls it one. */
function looksLikeTarget(word: string, clause: Clause, memory: Memory): boolean {
  const literal = literalOf(word, clause.literals);
  if (literal)
    return literal.kind !== 'fence' && !/\s{2}|\n/.test(literal.text) && literal.text.length < 300 && !/^[^.]+\s[^.]+$/.test(literal.text);
  if (/^(?:with|containing|that|which|for|called|named|file|folder|script|in|on|it)$/i.test(word))
    return /^it$/i.test(word) && memory.file !== undefined;
  return looksLikePath(word, clause, memory) || /\bfile\s+(?:called|named)\s/i.test(clause.text);
}

const described =
  /^(?:an?|some|the|my|your|all|random|\d+)\s+(?:\w+\s+){0,3}(?:list|summary|function|class|description|poem|story|script|program|table|essay|joke|haiku|example|component|page|server|endpoint|test|tests|explanation|recipe|quote|facts?|names?|numbers|documentation|overview|instructions)\b/i;

function write(clause: Clause, memory: Memory, name: string, folder: string | undefined, content: string | undefined): Draft[] | null {
  const path = toPath(name, clause, memory);
  if (!path) return null;
  const whole = joinPath(folder && /^it$/i.test(folder) ? memory.folder : toPath(folder, clause, memory), path);
  if (isFolder(whole, memory) && !memory.files.has(whole)) return null;
  const text = content === undefined ? '' : readContent(clause, content, whole);
  if (text === null) return null;
  return [
    {
      title: content === undefined ? `Create ${whole}` : `Write ${whole}`,
      kind: 'edit',
      task: { do: 'calls', calls: [{ tool: 'create_file', args: { path: whole, content: text } }] },
      confidence: content === undefined || findLiteral(content, clause.literals, () => true) ? 0.95 : 0.85,
      mentions: { file: whole, ...(/\.(?:py|[cm]?[jt]s|sh|rb|go)$/.test(whole) ? { script: whole } : {}) },
    },
  ];
}

/** The content as given, ending in a new line. Null when the words describe a content instead of giving it. */
function readContent(clause: Clause, content: string, path: string): string | null {
  const given = literalOf(content, clause.literals) ?? findLiteral(content, clause.literals, ({ kind }) => kind === 'fence');
  if (!given) {
    if (/^(?:nothing|no content|empty)(?: in it| inside)?$/i.test(content)) return '';
    if (described.test(content)) return null;
    if (/\.(?:py|[cm]?[jt]sx?|html?|css|rs|go|java|c|cpp|sh|rb|php|sql)$/.test(path) && !/[(){};=<>]/.test(content)) return null;
  }
  const text = given?.text ?? contentOf(content, clause.literals);
  return text === '' || text.endsWith('\n') ? text : `${text}\n`;
}
