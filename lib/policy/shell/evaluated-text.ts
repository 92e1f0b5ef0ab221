import { forEachChild, type SyntaxNode } from 'unbash';
import { type Argument, readWord, type SimpleCommand } from './simple-command.ts';

/** Builtins that take a word for a variable or a sum, and run what the brackets in it hold. */
const subscripting = new Set(
  'let test [ read printf unset declare typeset local export readonly wait mapfile readarray getopts'.split(' '),
);

/** Whether a command hands bash a text in which it looks for commands once more: `test -v 'a[$(x)]'`. */
export function evaluatesWords({ name, args }: SimpleCommand): boolean {
  return name !== null && subscripting.has(name) && args.some(hidesInBrackets);
}

/** The same for what the grammar evaluates: `[[ 'a[$(x)]' -eq 0 ]]`, `${x@P}`, and quotes that hide nothing where they stand. */
export function evaluatesText(node: SyntaxNode): boolean {
  if (unquoting(node).some(hidesInQuotes) || isMistaken(node)) return true;
  if (node.type === 'Transform') return node.operand.value.startsWith('P');
  if (node.type === 'TestUnary') return /^-[vR]$/.test(node.operator) && hidesInBrackets(readWord(node.operand));
  if (node.type === 'TestBinary')
    return /^-(eq|ne|[lg][te])$/.test(node.operator) && [node.left, node.right].map(readWord).some(hidesInBrackets);
  return node.type === 'Assignment' && node.value.type === 'Word' && hidesInBrackets(readWord(node.value));
}

/**
 * What the parser takes for letters and bash does not: `x=($(a))b`, `3<(( $(a) ))`. Found by comparing what it sees with what bash runs.
 */
function isMistaken(node: SyntaxNode): boolean {
  if (node.type !== 'Literal' && !((node.type === 'Word' || node.type === 'ArithmeticWord') && !node.parts)) return false;
  const letters = (node.type === 'ArithmeticWord' ? node.value : node.text).replaceAll(/\\./gs, '');
  return expands.test(letters) || (node.type === 'Word' && /[<>]\(/.test(letters));
}

const expands = /\$[({]|`/;

function hidesInBrackets({ text, known }: Argument): boolean {
  const start = text.indexOf('[');
  return known && start >= 0 && expands.test(text.slice(start));
}

/** Parts in which single quotes are letters like any other: sums, what stands in brackets behind a name, here-documents. */
function unquoting(node: SyntaxNode): SyntaxNode[] {
  switch (node.type) {
    case 'ArithmeticWord':
    case 'HereDocBody':
    case 'Slice':
      return [node];
    case 'Assignment':
    case 'ParameterExpansion':
      return node.index ? [node.index] : [];
    case 'ArrayValue':
      return node.elements.filter(({ text }) => text.startsWith('['));
    default:
      return [];
  }
}

function hidesInQuotes(node: SyntaxNode): boolean {
  if (node.type === 'Script') return false;
  if (node.type === 'SingleQuoted' || node.type === 'AnsiCQuoted') return expands.test(node.value);
  let found = false;
  forEachChild(node, (child) => {
    found ||= hidesInQuotes(child);
  });
  return found;
}
