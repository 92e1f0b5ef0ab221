import type { SyntaxNode, Tree } from '@lezer/common';
import type { FileSymbol } from '#lib/core/project-map.ts';
import type { Declaration, Grammar } from './grammars/grammar.ts';
import { grammarOf } from './grammars/grammar-of.ts';

/** Characters of a file that are read; what is declared beyond them is left out. */
const mostCharacters = 512 * 1024;
/** Of a file that somebody made to take long, what is read in this much work. */
const mostMs = 200;
const mostSymbols = 1_000;
const mostDepth = 4;
/** Nodes inside one another on the way to what they declare. */
const mostNested = 32;
const nameLength = 120;

/** What a file declares, in its order; null where its language is not known. What makes no sense to the grammar is passed over. */
export function parseSymbols(path: string, content: string): FileSymbol[] | null {
  const grammar = grammarOf(path);
  if (!grammar) return null;
  const text = content.slice(0, mostCharacters);
  const tree = parseWithin(grammar, text);
  return collect(grammar, tree, text);
}

function parseWithin({ parser }: Grammar, text: string): Tree {
  const parsing = parser.startParse(text);
  const endsAtMs = workedMs() + mostMs;
  for (;;) {
    const tree = parsing.advance();
    if (tree) return tree;
    if (parsing.stoppedAt === null && workedMs() > endsAtMs) parsing.stopAt(parsing.parsedPos);
  }
}

/** Time of this thread's own: what others do on the machine takes nothing of it. */
function workedMs(): number {
  const { user, system } = process.threadCpuUsage();
  return (user + system) / 1_000;
}

function collect(grammar: Grammar, tree: Tree, text: string): FileSymbol[] {
  const lineAt = lineCounter(text);
  let left = mostSymbols;

  function visit(node: SyntaxNode, into: FileSymbol[], depth: number, nested = 0): void {
    for (let child = node.firstChild; child && left > 0; child = child.nextSibling) {
      const declaration = grammar.declarations[child.name];
      if (declaration) declare(child, declaration, into, depth);
      else if (grammar.through.includes(child.name) && nested < mostNested) visit(child, into, depth, nested + 1);
    }
  }

  function declare(node: SyntaxNode, declaration: Declaration, into: FileSymbol[], depth: number): void {
    const isFunction = node.getChild('ArrowFunction') !== null || node.getChild('FunctionExpression') !== null;
    for (const named of namesOf(grammar, node, declaration)) {
      const name = nameIn(text, named);
      if (name === '' || left === 0) continue;
      left -= 1;
      const symbol: FileSymbol = { name, kind: isFunction ? 'function' : declaration.kind, line: lineAt(named.from), symbols: [] };
      into.push(symbol);
      if (declaration.holds && depth < mostDepth) visit(node, symbol.symbols, depth + 1);
    }
  }

  const found: FileSymbol[] = [];
  visit(tree.topNode, found, 1);
  return found;
}

/** The nodes that hold the names of a declaration: one, but for a list of variables. */
function namesOf({ nameWithin = [] }: Grammar, node: SyntaxNode, { kind, name }: Declaration): SyntaxNode[] {
  if (name.length === 0) return [node];
  const names: SyntaxNode[] = [];
  for (let child = node.firstChild; child; child = child.nextSibling) {
    if (name.includes(child.name)) names.push(child);
    else if (nameWithin.includes(child.name)) names.push(...namesOf({ nameWithin } as Grammar, child, { kind, name }));
    if (names.length > 0 && kind !== 'value') return names.slice(0, 1);
  }
  return names;
}

function nameIn(text: string, { name, from, to }: SyntaxNode): string {
  const words = text.slice(from, Math.min(to, from + 4 * nameLength));
  const plain = name.includes('Heading') ? words.replace(/^#+\s*|\s*#+\s*$|\n[=-]+\s*$/g, '') : words;
  return plain.split('\n', 1).join('').trim().slice(0, nameLength).toWellFormed();
}

function lineCounter(text: string): (offset: number) => number {
  let line = 1;
  let counted = 0;
  return (offset) => {
    for (let at = text.indexOf('\n', counted); at >= 0 && at < offset; at = text.indexOf('\n', counted)) {
      line += 1;
      counted = at + 1;
    }
    return line;
  };
}
