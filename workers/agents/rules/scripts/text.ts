import type { Clause } from '../reasoner/clause.ts';
import { findLiteral, type Literal, writtenText } from '../reasoner/literals.ts';
import { countIn, quoted, type Recipe } from './recipe.ts';

const looksLikeFile = /^[\w./-]+\.[a-z][a-z0-9]{0,8}$/i;
const isText = (literal: Literal) => literal.kind !== 'fence';

/** The text that a clause gives a program to work on: its last literal, or the words after a phrase. */
function givenText({ text, literals }: Clause, phrase: RegExp): string | null {
  const literal = findLiteral([...text].reverse().join(''), literals, isText);
  if (literal) return literal.text;
  const rest = phrase.exec(text)?.[1]?.trim();
  return rest ? writtenText(rest, literals) : null;
}

export const fizzbuzz: Recipe = (words) => {
  if (!/\bfizz[\s-]?buzz\b/.test(words)) return null;
  const count = countIn(words.replace(/\b1\s+(?:to|through|-)\s*/, ''), 100);
  const python = `def fizzbuzz(number):
    """Return Fizz for multiples of 3, Buzz for multiples of 5, FizzBuzz for both, else the number."""
    return "Fizz" * (number % 3 == 0) + "Buzz" * (number % 5 == 0) or str(number)


if __name__ == "__main__":
    for number in range(1, ${count + 1}):
        print(fizzbuzz(number))
`;
  const node = `/** Fizz for multiples of 3, Buzz for multiples of 5, FizzBuzz for both, else the number. */
function fizzbuzz(number) {
  const words = (number % 3 === 0 ? 'Fizz' : '') + (number % 5 === 0 ? 'Buzz' : '');
  return words || String(number);
}

for (let number = 1; number <= ${count}; number += 1) console.log(fizzbuzz(number));
`;
  return { name: 'fizzbuzz', about: `prints FizzBuzz up to ${count}`, python, node };
};

export const wordCount: Recipe = (words, clause) => {
  const match =
    /\b(?:count(?:s|ing)?|number of|how many)\b[^.]{0,30}\b(words?|lines?|characters?|chars|letters)\b|\b(word)[\s-]?count/.exec(words);
  if (!match) return null;
  const unit = /line/.test(match[0]) ? 'lines' : /char|letter/.test(match[0]) ? 'characters' : 'words';
  const given = givenText(clause, /\b(?:in|of|inside|from)\s+(?:the\s+)?(?:file\s+|text\s+|sentence\s+|string\s+|phrase\s+)?(.{1,500})$/i);
  if (given === null) return null;
  const isFile = looksLikeFile.test(given);
  const python = isFile
    ? `from pathlib import Path\n\ntext = Path(${quoted(given)}).read_text(encoding="utf-8")\n`
    : `text = ${quoted(given)}\n`;
  const node = isFile
    ? `import { readFileSync } from 'node:fs';\n\nconst text = readFileSync(${quoted(given)}, 'utf8');\n`
    : `const text = ${quoted(given)};\n`;
  const counted = {
    words: ['len(text.split())', 'text.split(/\\s+/).filter(Boolean).length'],
    lines: ['len(text.splitlines())', "text.split('\\n').length - (text.endsWith('\\n') ? 1 : 0)"],
    characters: ['len(text)', '[...text].length'],
  }[unit];
  return {
    name: 'word_count',
    about: `counts the ${unit} of ${isFile ? given : 'a text'}`,
    python: `${python}print(${counted[0]})\n`,
    node: `${node}console.log(${counted[1]});\n`,
  };
};

export const vowels: Recipe = (words, clause) => {
  if (!/\bvowels?\b/.test(words)) return null;
  const given = givenText(clause, /\b(?:in|of)\s+(?:the\s+)?(?:text\s+|word\s+|string\s+)?(.{1,500})$/i);
  if (given === null) return null;
  const python = `text = ${quoted(given)}\nprint(sum(letter in "aeiou" for letter in text.lower()))\n`;
  const node = `const text = ${quoted(given)};\nconsole.log([...text.toLowerCase()].filter((letter) => 'aeiou'.includes(letter)).length);\n`;
  return { name: 'vowels', about: 'counts the vowels of a text', python, node };
};

export const reverseText: Recipe = (words, clause) => {
  if (!/\brevers(?:e|es|ed|ing)\b/.test(words) || /\bsort/.test(words)) return null;
  const given = givenText(
    clause,
    /\brevers(?:es?|ed|ing)\s+(?:of\s+)?(?:the\s+|a\s+)?(?:string\s+|text\s+|word\s+|sentence\s+)?(.{1,500})$/i,
  );
  const text = given && !/^(?:a|the|any|some)?\s*(?:string|text|word|sentence)s?$/i.test(given) ? given : 'Hello, world!';
  const python = `def reverse(text):
    """Return text from its last letter to its first."""
    return text[::-1]


if __name__ == "__main__":
    print(reverse(${quoted(text)}))
`;
  const node = `/** A text from its last letter to its first. */
function reverse(text) {
  return [...text].reverse().join('');
}

console.log(reverse(${quoted(text)}));
`;
  return { name: 'reverse', about: `prints ${quoted(text)} backwards`, python, node };
};

export const palindrome: Recipe = (words, clause) => {
  if (!/\bpalindromes?\b/.test(words)) return null;
  const given = givenText(
    clause,
    /\b(?:whether|if|check(?:s|ing)?)\s+(?:whether\s+|if\s+)?(?:the\s+)?(?:word\s+|text\s+|string\s+)?(\S{1,200})\s+is\b/i,
  );
  const texts =
    given && !/^(?:it|a|the|any|some|string|word|text)$/i.test(given) ? [given] : ['racecar', 'A man, a plan, a canal: Panama', 'hello'];
  const list = texts.map(quoted).join(', ');
  const python = `def is_palindrome(text):
    """Tell whether text reads the same backwards, whatever its case, spaces and marks."""
    letters = [letter for letter in text.lower() if letter.isalnum()]
    return letters == letters[::-1]


if __name__ == "__main__":
    for text in [${list}]:
        print(f"{text}: {'yes' if is_palindrome(text) else 'no'}")
`;
  const node = `/** Whether a text reads the same backwards, whatever its case, spaces and marks. */
function isPalindrome(text) {
  const letters = text.toLowerCase().match(/[\\p{Letter}\\p{Number}]/gu) ?? [];
  return letters.join() === letters.toReversed().join();
}

for (const text of [${list}]) console.log(\`\${text}: \${isPalindrome(text) ? 'yes' : 'no'}\`);
`;
  return { name: 'palindrome', about: 'tells palindromes from other texts', python, node };
};

export const currentDate: Recipe = (words) => {
  if (!/\b(?:current|today'?s?|the)\s+(?:date|time|day)\b/.test(words)) return null;
  const python = 'from datetime import datetime\n\nprint(datetime.now().strftime("%Y-%m-%d %H:%M:%S"))\n';
  const node = "console.log(new Date().toISOString().slice(0, 19).replace('T', ' '));\n";
  return { name: 'now', about: 'prints the date and time', python, node };
};

export const printText: Recipe = (words, clause) => {
  const match =
    /\b(?:print(?:s|ing)?|say(?:s|ing)?|output(?:s|ting)?|log(?:s|ging)?|display(?:s|ing)?|echo(?:es|ing)?|greets?(?: with)?)\b/.exec(
      words,
    );
  const literal = match ? findLiteral(clause.text.slice(match.index), clause.literals, isText) : undefined;
  if (literal) return printing(literal.text);
  if (/\bhell?o[\s,]*world\b/.test(words)) return printing('Hello, world!', 'hello');
  const plain =
    /\b(?:print(?:s|ing)?|say(?:s|ing)?|output(?:s|ting)?|log(?:s|ging)?|display(?:s|ing)?|echo(?:es|ing)?)\s+((?!(?:a|an|the|all|some|every|each|numbers?|its?|out|my|your|random|\d+)\b).{1,200})$/is.exec(
      clause.text,
    );
  return plain?.[1] ? printing(writtenText(plain[1], clause.literals).trim()) : null;
};

function printing(text: string, name = 'hello') {
  return {
    name,
    about: `prints ${quoted(text.slice(0, 60))}`,
    python: `print(${quoted(text)})\n`,
    node: `console.log(${quoted(text)});\n`,
  };
}
