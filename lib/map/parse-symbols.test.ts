import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { FileSymbol } from '#lib/core/project-map.ts';
import { parseSymbols } from './parse-symbols.ts';

/** `kind name:line`, with what it holds in brackets. */
function outline(symbols: FileSymbol[] | null): string[] | undefined {
  return symbols?.map(
    ({ kind, name, line, symbols: held }) => `${kind} ${name}:${line}${held.length > 0 ? `(${outline(held)?.join(' ')})` : ''}`,
  );
}

describe('what a file declares', () => {
  it('is read from TypeScript', () => {
    const text = [
      'import x from "y";',
      'export default async function run<T>(a: T) { function inner() {} }',
      'export class Shop extends Base {',
      '  #open = true;',
      '  sell() { return 1; }',
      '}',
      'export const add = (a: number) => a, rate = 7;',
      'interface Price { cents: number }',
      'type Id = string; enum Kind { A }',
      'namespace Tax { export const rate = 1 }',
      'describe("a test", () => { const hidden = 1; });',
    ].join('\n');
    expect(outline(parseSymbols('src/shop.ts', text))).toEqual([
      'function run:2',
      'class Shop:3(value #open:4 function sell:5)',
      'function add:7',
      'function rate:7',
      'type Price:8',
      'type Id:9',
      'type Kind:9',
      'module Tax:10(value rate:10)',
    ]);
    expect(outline(parseSymbols('a.tsx', 'export function View() { return <p>hi</p>; }'))).toEqual(['function View:1']);
  });

  it('is read from other languages', () => {
    const read = (path: string, text: string) => outline(parseSymbols(path, text));
    expect(read('a.py', '@d\nclass A(B):\n    async def m(self):\n        def inner(): pass\ndef f(a): pass\n')).toEqual([
      'class A:2(function m:3)',
      'function f:5',
    ]);
    expect(read('a.go', 'package a\nfunc (r *R) M() {}\ntype S struct { a int }\n')).toEqual(['function M:2', 'type S:3']);
    expect(read('a.rs', 'impl T for S { fn m(&self) {} }\nmod deep { fn g() {} }')).toEqual([
      'class T:1(function m:1)',
      'module deep:2(function g:2)',
    ]);
    expect(read('A.java', 'class A { A() {} void m() {} }')).toEqual(['class A:1(function A:1 function m:1)']);
    expect(read('a.cpp', 'namespace n { void A::k() {} }\nvoid *p(void) {}')).toEqual(['module n:1(function A::k:1)', 'function p:2']);
    expect(read('a.md', '# One\n\ntext\n\n## Two #\n')).toEqual(['heading One:1', 'heading Two:5']);
  });

  it('is not guessed where the language is unknown', () => {
    expect(parseSymbols('a.cobol', 'function a() {}')).toBeNull();
    expect(parseSymbols('constructor', '')).toBeNull();
  });

  it('is bounded, whatever a file holds', () => {
    fc.assert(fc.property(fc.string({ unit: 'binary', maxLength: 400 }), (text) => parseSymbols('a.ts', text) !== null));
    for (const opening of ['(', '{', 'function a(){', '`${', 'class A { b = '])
      expect(parseSymbols('deep.ts', opening.repeat(20_000))?.length).toBeLessThan(2);
    for (const inline of ['**a_', '[a]('])
      expect(outline(parseSymbols('slow.md', `# A\n\n${inline.repeat(40_000)}\n\n## B\n`))).toEqual(['heading A:1', 'heading B:5']);
    expect(parseSymbols('wide.ts', 'function a() {}\n'.repeat(5_000))).toHaveLength(1_000);
    const nested = outline(
      parseSymbols('nested.py', Array.from({ length: 20 }, (_, depth) => `${' '.repeat(depth)}class C${depth}:\n`).join('')),
    );
    expect(nested?.join('').match(/class/g)).toHaveLength(4);
  });
});
