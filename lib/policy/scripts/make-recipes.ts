type MakeRule = { needs: string[]; recipe: string[] };

const ruleLine = /^([^\s:=#][^:=#]*)::?(?!=)([^;#]*)(?:;(.*))?/;
const assignment = /^\s*(?:export\s+)?([\w.-]+)\s*(?:::?|\?|\+)?=(.*)$/;
const reference = /(?<!\$)\$[({]([\w.-]+)[)}]/g;
const expansionDepth = 5;
/** Characters that variables of one makefile may add: each can hold all others twice. */
const expansionLimit = 100_000;
const lineLimit = 200;

/**
 * The commands that make runs for those of its `words` that name a target, and for what those need; for the usual target where none is told. What
 * stands in other files, and what make's own functions make, is not seen.
 */
export function makeRecipes(text: string, words: string[]): string[] {
  const variables = new Map([['MAKE', 'make']]);
  for (const word of words) readVariable(variables, word);
  const told = new Set(variables.keys());
  const expand = expander(variables);
  const namesIn = (names: string) => expand(names).split(/\s+/).filter(Boolean);

  const rules = new Map<string, MakeRule[]>();
  let last: MakeRule | undefined;
  for (const line of text.replaceAll('\\\n', ' ').split('\n')) {
    if (line.startsWith('\t')) {
      last?.recipe.push(line);
      continue;
    }
    if (readVariable(variables, line, told)) continue;
    const [, targets = '', needs = '', first] = ruleLine.exec(line) ?? [];
    if (targets === '') continue;
    last = { needs: namesIn(needs), recipe: first ? [first] : [] };
    for (const target of namesIn(targets)) rules.set(target, [...(rules.get(target) ?? []).slice(0, lineLimit), last]);
  }

  const named = words.filter((word) => rules.has(word));
  const first = [...rules.keys()].find((target) => /^[^.%]/.test(target)) ?? '';
  const usual = isTargetTold(words) ? [] : namesIn(variables.get('.DEFAULT_GOAL') ?? first);
  const goals = new Set(named.length > 0 ? named : usual);
  const made = new Set<MakeRule>();
  for (const goal of goals) {
    for (const rule of rules.get(goal) ?? []) {
      made.add(rule);
      for (const need of rule.needs) goals.add(need);
    }
  }
  const lines = [...made].flatMap(({ recipe }) => recipe).slice(0, lineLimit);
  return lines.map((line) => shellOf(expand(line.replace(/^[\s@+-]+/, ''))));
}

/** A word behind an option may be its value. */
function isTargetTold(words: string[]): boolean {
  return words.some((word, index) => !/^-|=/.test(word) && !words[index - 1]?.startsWith('-'));
}

/** What the command line says of a variable beats the file. */
function readVariable(variables: Map<string, string>, line: string, told?: Set<string>): boolean {
  const [, name, value = ''] = assignment.exec(line) ?? [];
  if (name !== undefined && !told?.has(name)) variables.set(name, value.trim());
  return name !== undefined;
}

function expander(variables: Map<string, string>): (text: string) => string {
  let left = expansionLimit;
  const meaning = (own: string, name: string) => {
    const value = variables.get(name) ?? own;
    left -= value.length;
    return left > 0 ? value : own;
  };
  return (text) => {
    let expanded = text;
    for (let depth = 0; depth < expansionDepth && expanded.includes('$'); depth += 1) expanded = expanded.replaceAll(reference, meaning);
    return expanded;
  };
}

/** As make hands it to the shell: what only make knows is a word that nobody knows. */
function shellOf(line: string): string {
  return line
    .replaceAll(/(?<!\$)\$\(shell\s/g, '$(')
    .replaceAll(/(?<!\$)\$(?:[<^?*%+@]|[({][\w.<^?*%+@-]+[)}])/g, '"$1"')
    .replaceAll('$$', () => '$');
}
