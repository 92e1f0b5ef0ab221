import type { Clause, Draft, Memory, Rule } from '../reasoner/clause.ts';
import { findLiteral, literalOf, writtenText } from '../reasoner/literals.ts';
import { pathGroup, pattern, toPath } from '../reasoner/names.ts';

const runWord = '(?:run|execute|start|launch|invoke|exec|try)';
const programs = new Set(
  'ls cat echo pwd node npm npx pnpm yarn bun deno python python3 pip pip3 pytest make cargo go git grep find wc head tail sort uniq sed awk tree bash sh ruby perl php java javac gcc g++ curl wget docker which env date touch mkdir cp mv rm chmod du df ps whoami uname tsc vite vitest jest eslint prettier biome uv poetry true false sleep seq printf test diff file stat sudo apt apt-get ssh tar zip unzip gzip'.split(
    ' ',
  ),
);

function commandDraft(command: string, memory: Memory): Draft {
  return {
    title: `Run ${command.split('\n')[0]?.slice(0, 200)}`,
    kind: 'command',
    task: { do: 'calls', calls: [{ tool: 'run_command', args: { command, cwd: memory.app ?? '.' } }], show: true },
    confidence: 0.95,
  };
}

const quotedCommand = pattern(
  `^(?:${runWord}|use|do|call|type)(?:\\s+(?:the|this|these|following|shell|bash|terminal|commands?|in|a)\\b)*\\s*:?\\s*([\\uE000-\\uF8FF])(?:\\s+(?:command|in (?:the )?(?:terminal|shell|bash|project)))?$`,
);
const plainCommand = pattern(`^${runWord}\\s+(?:the\\s+)?(?:(?:shell|bash|terminal)\\s+)?(?:commands?\\s*:?\\s+)?(.+)$`);

export const runCommand: Rule = {
  id: 'run-command',
  examples: ['run `ls -la`', 'execute npm run build', '$ make', 'npm i -D vitest', 'run the command echo hi'],
  match(clause, memory) {
    const { text, literals } = clause;
    const prompt = /^[$>]\s+(.+)$/s.exec(text);
    if (prompt?.[1]) return [commandDraft(writtenText(prompt[1], literals), memory)];
    const alone = literalOf(text, literals);
    if (
      alone &&
      (alone.kind === 'fence' ? /^(?:sh|bash|shell|console|zsh)$/.test(alone.language) : alone.kind === 'code' && isCommand(alone.text))
    )
      return [commandDraft(tidy(alone.text), memory)];
    const inQuotes = quotedCommand.exec(text);
    const literal = inQuotes ? literalOf(inQuotes[1] ?? '', literals) : undefined;
    if (literal && !isSourceFence(literal) && !/^\S+\.(?:py|[cm]?[jt]s|sh)$/.test(literal.text))
      return [commandDraft(tidy(literal.text), memory)];
    const plain = plainCommand.exec(text)?.[1];
    const command = plain ?? text;
    const saysCommand = /^\w+\s+(?:the\s+)?(?:(?:shell|bash|terminal)\s+)?command\b/i.test(text);
    if (!saysCommand && !isCommand(command)) return null;
    if (plain === undefined && !isBareCommand(text)) return null;
    return [commandDraft(writtenText(command, literals), memory)];
  },
};

function isSourceFence({ kind, language }: { kind: string; language: string }): boolean {
  return kind === 'fence' && !/^(?:sh|bash|shell|console|zsh|)$/.test(language);
}

/** A fenced or quoted command without its prompt. */
function tidy(text: string): string {
  return text.trim().replace(/^\$ /gm, '');
}

function isCommand(text: string): boolean {
  const [program = '', next] = text.trim().split(/\s+/);
  if (program.startsWith('./') && program.length > 2) return true;
  return programs.has(program) && !/^(?:script|program|file|code|app|version|it)$/i.test(next ?? '');
}

/** Commands that are English words too ("find all todos", "make a folder") count only in the shape of a command. */
function isBareCommand(text: string): boolean {
  const [program = '', ...words] = text.split(/\s+/);
  if (
    !/^(?:grep|make|find|sort|test|head|tail|cat|diff|file|which|date|touch|go|sed|true|false|sleep|start|git|mkdir|cp|mv|rm|echo|env|tree|node|python3?|zip|stat|printf)$/.test(
      program,
    )
  )
    return true;
  if (/^(?:touch|mkdir|cp|mv|rm)$/.test(program)) return words.some((word) => word.startsWith('-') && !/^-(?:p|r|rf|f)$/.test(word));
  if (program === 'make' || program === 'test')
    return words.length === 0 || (words.length === 1 && /^(?:all|clean|build|test|install|lint|check)$/.test(words[0] ?? ''));
  if (program === 'cat' || program === 'echo' || program === 'git')
    return words.length > 0 && words[0] !== 'script' && !/^(?:a|the|that|which|to)$/.test(words[0] ?? '');
  if (/^(?:node|python3?)$/.test(program)) return /[./-]/.test(words[0] ?? '');
  if (program === 'go') return /^(?:build|test|run|mod|vet|fmt|get)$/.test(words[0] ?? '');
  return words.some((word) => /^-|^\.\/?$|[|>*]/.test(word)) || words.length === 0;
}

const runIt = pattern(
  `^(?:${runWord}|test)\\s+(?:it|this|that|(?:the|this|that|my|your|resulting|generated|new)\\s+(?:\\w+\\s+){0,2}?(?:scripts?|program|file|code|app))(?:\\s+(?:out|once|again|to (?:see|check|show)\\b.*|and (?:show|tell|give|print|see)\\b.*|(?:with|using|in) (?:python ?3?|node(?:\\.?js)?|bash)))*(?:\\s+with\\s+(?:the\\s+)?(?:arguments?|args|parameters?|input)\\s+(.+))?$`,
);
const runFile = pattern(
  `^(?:${runWord}|test)\\s+(?:the\\s+)?(?:(?:python|node|javascript|bash|shell)\\s+)?(?:(?:script|program|file)\\s+)?(?:(?:called|named)\\s+)?${pathGroup}(?:\\s+(?:script|file))?(?:\\s+(?:with|using)\\s+(?:python ?3?|node(?:\\.?js)?|bash))?(?:\\s+(?:with\\s+(?:the\\s+)?(?:arguments?|args|parameters?)|on)\\s+(.+))?(?:\\s+(?:and (?:show|tell|give|print)\\b.*))?$`,
);

export const runScript: Rule = {
  id: 'run-script',
  examples: ['run fib.py', 'execute the script main.mjs with arguments 1 2'],
  match(clause, memory) {
    const it = runIt.exec(clause.text);
    const file = it ? (memory.script ?? (memory.file && /\.\w+$/.test(memory.file) ? memory.file : undefined)) : undefined;
    const match = it ?? runFile.exec(clause.text);
    const path = it ? file : toPath(match?.[1], clause, memory);
    if (!match || !path || /\s/.test(path) || (!it && !/\.(?:py|[cm]?[jt]s|sh|rb|pl|php|go)$/.test(path))) return null;
    const words = writtenText((it ? match[1] : match[2]) ?? '', clause.literals).replace(/["'`]/g, '');
    return [
      {
        title: `Run ${path}`,
        kind: 'command',
        task: { do: 'run-file', path, arguments: words },
        confidence: 0.95,
        mentions: { script: path },
      },
    ];
  },
};

export const runTests: Rule = {
  id: 'run-tests',
  examples: ['run the tests', 'check that all tests pass', 'test the project'],
  match({ text }, memory) {
    const asks =
      /^(?:run|execute|start|launch|do|try)\s+(?:(?:all|the|my|our|its|unit|project'?s?|of|whole|full|every|existing|integration)\s+)*(?:tests?|test\s*suite|specs?)(?:\s+(?:suite|again|of the project|in the project|for (?:it|the project)))*(?:\s+and\s+(?:show|tell|report|see)\b.{0,80})?$/i.test(
        text,
      ) ||
      /^(?:check|verify|see|make sure)\s+(?:that|if|whether)?\s*(?:(?:all|the|my|our|unit)\s+)*tests?\s+(?:still\s+)?(?:pass|are (?:green|passing)|work|succeed)$/i.test(
        text,
      ) ||
      /^test\s+(?:the\s+)?(?:project|code|app|everything|application)$/i.test(text);
    return asks ? [{ title: 'Run the tests', kind: 'command', task: { do: 'test', cwd: memory.app ?? '.' }, confidence: 0.95 }] : null;
  },
};

export const runBuild: Rule = {
  id: 'run-build',
  examples: ['build the project', 'lint the code'],
  match({ text }, memory) {
    const match =
      /^(?:(build|compile|lint|format)\s+(?:it|this|the\s+(?:project|app|code|application|site|website|react app|whole project)|everything)|run\s+(?:the\s+|a\s+)?(build|linter?|formatter))(?:\s+(?:again|script|step|to (?:check|see|verify)\b.{0,60}))*$/i.exec(
        text,
      );
    if (!match) return null;
    const word = (match[1] ?? match[2] ?? '').toLowerCase();
    const script = word.startsWith('lint') ? 'lint' : word.startsWith('format') ? 'format' : 'build';
    return [
      { title: `Run the project's ${script}`, kind: 'command', task: { do: 'build', cwd: memory.app ?? '.', script }, confidence: 0.9 },
    ];
  },
};

const packageName = /^(?:@[\w.-]+\/)?[A-Za-z][\w.-]*(?:\[[\w,]+\])?(?:(?:@|==|>=|~=)[\w.^~*-]+)?$/;
const install = pattern(
  '^(?:install|add|uninstall|remove|i)\\s+(?:the\\s+)?(?:latest\\s+)?(?:version of\\s+)?(?:(?:npm|node|python|pip|pypi)\\s+)?(?:(?:packages?|librar(?:y|ies)|modules?|dependenc(?:y|ies))\\s+)?(?:(?:called|named)\\s+)?(.+?)(\\s+(?:packages?|librar(?:y|ies)|modules?|dependenc(?:y|ies)))?(\\s+(?:to|in|into|for|from|with|using|via|as)\\s+.{1,80})?$',
);

export const installPackages: Rule = {
  id: 'install-packages',
  examples: ['install lodash', 'add requests to the python project', 'install vitest as a dev dependency', 'install the dependencies'],
  match(clause, memory) {
    const { text } = clause;
    const cwd = memory.app ?? '.';
    if (
      /^(?:install|npm install|restore)\s+(?:all\s+)?(?:(?:the|its|my|project|npm|node|python|missing|required)\s+)*(?:dependencies|packages|requirements|deps|modules)$/i.test(
        text,
      )
    )
      return [
        {
          title: 'Install the dependencies',
          kind: 'install',
          task: { do: 'install', packages: [], dev: false, remove: false, cwd },
          confidence: 0.95,
        },
      ];
    const match = install.exec(text);
    if (!match?.[1]) return null;
    const isInstall = /^(?:install|uninstall|i)\b/i.test(text);
    const context = `${match[2] ?? ''} ${match[3] ?? ''} ${text.slice(0, 40)}`;
    const aboutPackages =
      /\b(?:packages?|librar(?:y|ies)|modules?|dependenc(?:y|ies)|npm|pip|(?:python|node) project|devdependencies)\b/i.test(context) ||
      /\bto (?:the|my|this) project$/i.test(text);
    if (!isInstall && !aboutPackages) return null;
    const names = packageNames(match[1], clause);
    if (!names) return null;
    const remove = /^(?:uninstall|remove)\b/i.test(text);
    const ecosystem = /\b(?:python|pip|pypi)\b/i.test(text)
      ? 'python'
      : /\b(?:npm|node|javascript|typescript|react)\b/i.test(match[3] ?? text.slice(0, 30))
        ? 'node'
        : undefined;
    const dev = /\b(?:dev(?:elopment)?[\s-]*(?:dependenc|only)|devdependenc|for development)/i.test(text);
    return [
      {
        title: `${remove ? 'Uninstall' : 'Install'} ${names.join(', ')}`,
        kind: 'install',
        task: { do: 'install', packages: names, dev, remove, cwd, ecosystem },
        confidence: isInstall ? 0.9 : 0.85,
      },
    ];
  },
};

function packageNames(list: string, clause: Clause): string[] | null {
  const names = list
    .replace(/^the\s+/i, '')
    .split(/\s*,\s*(?:and\s+)?|\s+and\s+|\s+/i)
    .map((name) => literalOf(name, clause.literals)?.text ?? name)
    .filter((name) => !/^(?:the|package|library|module|-D|--save-dev|-g)$/i.test(name));
  const known = findLiteral(list, clause.literals, ({ kind }) => kind === 'fence');
  return !known &&
    names.length > 0 &&
    names.length <= 50 &&
    names.every((name) => packageName.test(name)) &&
    !names.some((name) => /^(?:it|a|an|all|everything|this|that|them|then)$/i.test(name))
    ? names
    : null;
}
