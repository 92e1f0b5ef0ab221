import type { Clause, Draft, Memory, Rule } from '../reasoner/clause.ts';
import { findLiteral, literalOf } from '../reasoner/literals.ts';
import { pathGroup, pattern, toPath } from '../reasoner/names.ts';
import { allRecipes } from '../scripts/all-recipes.ts';
import type { Language, Program } from '../scripts/recipe.ts';

const extensions = { python: 'py', node: 'mjs' } as const;
const scriptFile = /\.(?:py|[cm]?js|mts|ts)$/i;
const names = pattern(`(?:\\b(?:called|named|in(?:to)?|to|as|file)\\s+(?:a file (?:called|named)?\\s*)?)${pathGroup}`);
const isMaking = /^(?:create|make|write|generate|build|add|code|implement|save|prepare|produce|new|develop|program)\b/i;
const isAsking =
  /^(?:is(?= \d)|compute|calculate|print|show|find|tell me|what(?:'s| is| are)|how much is|how many|sum|sort|count|reverse|convert|list|display|output|average|check|give me|work out|say|get)\b/i;

/** Text for recipes: lower case, without the file's name, literals standing where they stood. */
function wordsOf(clause: Clause, fileName: string | undefined): string {
  const text = clause.literals.reduce((out, literal, index) => {
    const character = String.fromCharCode(0xe000 + index);
    return literal.kind !== 'fence' && /^[\d\s,.[\]+*/()-]+$/.test(literal.text) ? out.replaceAll(character, literal.text) : out;
  }, clause.text);
  return (fileName ? text.replace(fileName, ' ') : text).toLowerCase().replace(/\bpython ?3\b/g, 'python');
}

function languageOf(words: string, fileName: string | undefined): Language | undefined {
  if (fileName && /\.py$/i.test(fileName)) return 'python';
  if (fileName && scriptFile.test(fileName)) return 'node';
  if (/\b(?:python|py)\b/.test(words)) return 'python';
  return /\b(?:node(?:\.?js)?|javascript|js)\b/.test(words) ? 'node' : undefined;
}

function fileNameIn(clause: Clause, memory: Memory): string | undefined {
  const called = names.exec(clause.text);
  const candidates = [called?.[1], ...clause.text.split(/[\s,:]+/)];
  for (const word of candidates) {
    const path =
      word && scriptFile.test(literalOf(word, clause.literals)?.text ?? word.replace(/[.!?]+$/, ''))
        ? toPath(word, clause, memory)
        : undefined;
    if (path && !/^node\.js$/i.test(path) && !path.includes(' ')) return path;
  }
  const plain = called && /^(?:called|named)/i.test(called[0]) ? toPath(called[1], clause, memory) : undefined;
  return plain && /^[\w/-]+$/.test(plain) ? plain : undefined;
}

export const writeScript: Rule = {
  id: 'write-script',
  examples: [
    'create a python script that prints the first 10 fibonacci numbers and run it',
    'write a node script for primes up to 50',
    'I want a Python program that says "hi"',
    'compute the factorial of 20',
    'make fizz.js which plays fizzbuzz up to 15',
  ],
  match(clause, memory) {
    const making = isMaking.test(clause.text);
    const asking = isAsking.test(clause.text);
    if (!making && !asking) return null;
    const fileName = fileNameIn(clause, memory);
    const words = wordsOf(clause, fileName);
    const language = languageOf(words, fileName);
    const isScript = language !== undefined || /\b(?:scripts?|programs?|function|app)\b/.test(words);
    if (making && !isScript && !fileName) return null;
    const code = findLiteral(clause.text, clause.literals, ({ kind, text }) => kind === 'fence' || (kind === 'code' && /[(=]/.test(text)));
    if (making && code) return given(code.text, code.language, language, fileName);
    if (/\b(?:bash|shell|ruby|perl|php|rust|java|go|c\+\+)\s+(?:script|program)\b|\.sh\b/.test(clause.text.toLowerCase())) return null;
    const program = findProgram(words, clause, fileName);
    if (!program || (asking && !isScript && program.name === 'hello')) return null;
    return drafts(program, language ?? 'python', fileName, asking && !fileName);
  },
};

function findProgram(words: string, clause: Clause, fileName: string | undefined): Program | null {
  const text = fileName ? clause.text.replace(fileName, ' ') : clause.text;
  const body = text.replace(/\s+(?:in|using|with)\s+(?:python ?3?|node(?:\.?js)?|javascript|js)\s*$/i, '');
  for (const recipe of allRecipes) {
    const program = recipe(words, { ...clause, text: body });
    if (program) return program;
  }
  return null;
}

function drafts(program: Program, language: Language, fileName: string | undefined, run: boolean): Draft[] {
  const name = fileName ?? program.name;
  const path = scriptFile.test(name) ? name : `${name}.${extensions[language]}`;
  const source = language === 'node' && /\.c?js$/i.test(path) ? toCommonJs(program.node) : program[language];
  const writing: Draft = {
    title: `Write ${path}, which ${program.about}`,
    kind: 'edit',
    task: { do: 'calls', calls: [{ tool: 'create_file', args: { path, content: source } }] },
    confidence: 0.9,
    mentions: { file: path, script: path },
  };
  return run ? [writing, running(path)] : [writing];
}

function running(path: string): Draft {
  return {
    title: `Run ${path}`,
    kind: 'command',
    task: { do: 'run-file', path, arguments: '' },
    confidence: 0.95,
    mentions: { script: path },
  };
}

/** A .js file may be read as CommonJS, where `import` statements fail; \`require\` fails in a module. Both know process.getBuiltinModule. */
function toCommonJs(source: string): string {
  return source.replace(/^import (\{.*?\}) from '(node:[a-z]+)';$/gm, "const $1 = process.getBuiltinModule('$2');");
}

function given(code: string, fence: string, language: Language | undefined, fileName: string | undefined): Draft[] | null {
  const isShell = /^(?:sh|bash|shell)$/.test(fence);
  const used = language ?? (/^(?:js|javascript|node|mjs)$/.test(fence) ? 'node' : 'python');
  const path = fileName
    ? /\.\w+$/.test(fileName)
      ? fileName
      : `${fileName}.${isShell ? 'sh' : extensions[used]}`
    : `script.${isShell ? 'sh' : extensions[used]}`;
  return [
    {
      title: `Write ${path} with the given code`,
      kind: 'edit',
      task: { do: 'calls', calls: [{ tool: 'create_file', args: { path, content: code.endsWith('\n') ? code : `${code}\n` } }] },
      confidence: 0.95,
      mentions: { file: path, script: path },
    },
  ];
}
