import { countIn, lastOf, numbersIn, type Recipe } from './recipe.ts';

export const sumOfRange: Recipe = (words) => {
  const match =
    /\b(sum|total|add|product)s?\b.{0,60}?\b(?:from|between|numbers)?\s*\b(-?\d{1,12})\s*(?:to|through|and|up to|until|-|\.\.)\s*(-?\d{1,12})\b/.exec(
      words,
    );
  const upTo = /\b(sum)s?\b.{0,40}\b(?:first|up to|below|under|less than|smaller than)\s+()(\d{1,12})\b/.exec(words);
  const found = match ?? upTo;
  if (!found || numbersIn(words).length > 2 || (/\band\b/.test(found[0]) && !/\b(?:between|from)\b/.test(found[0]))) return null;
  const from = Number(found[2] || 1);
  const to = lastOf(found);
  const product = found[1] === 'product';
  const python = product ? `from math import prod\n\nprint(prod(range(${from}, ${to + 1})))\n` : `print(sum(range(${from}, ${to + 1})))\n`;
  const node = `let ${product ? 'product = 1n' : 'sum = 0'};
for (let number = ${from}; number <= ${to}; number += 1) ${product ? 'product *= BigInt(number)' : 'sum += number'};
console.log(${product ? 'String(product)' : 'sum'});
`;
  return {
    name: product ? 'product' : 'sum',
    about: `prints the ${product ? 'product' : 'sum'} of the numbers from ${from} to ${to}`,
    python,
    node,
  };
};

type Operation = { words: RegExp; name: string; about: string; python: (list: string) => string; node: (list: string) => string };

const operations: Operation[] = [
  {
    words: /\b(?:average|mean)\b/,
    name: 'average',
    about: 'average',
    python: (list) => `from statistics import mean\n\nnumbers = ${list}\nprint(mean(numbers))\n`,
    node: (list) =>
      `const numbers = ${list};\nconst sum = numbers.reduce((total, number) => total + number, 0);\nconsole.log(sum / numbers.length);\n`,
  },
  {
    words: /\bmedian\b/,
    name: 'median',
    about: 'median',
    python: (list) => `from statistics import median\n\nnumbers = ${list}\nprint(median(numbers))\n`,
    node: (list) => `const numbers = ${list}.sort((left, right) => left - right);
const middle = Math.floor(numbers.length / 2);
console.log(numbers.length % 2 ? numbers[middle] : (numbers[middle - 1] + numbers[middle]) / 2);
`,
  },
  {
    words: /\b(?:max|maximum|largest|biggest|highest|greatest(?! common))\b/,
    name: 'maximum',
    about: 'largest',
    python: (list) => `numbers = ${list}\nprint(max(numbers))\n`,
    node: (list) => `const numbers = ${list};\nconsole.log(Math.max(...numbers));\n`,
  },
  {
    words: /\b(?:min|minimum|smallest|lowest|least(?! common))\b/,
    name: 'minimum',
    about: 'smallest',
    python: (list) => `numbers = ${list}\nprint(min(numbers))\n`,
    node: (list) => `const numbers = ${list};\nconsole.log(Math.min(...numbers));\n`,
  },
  {
    words: /\bsort(?:s|ed|ing)?\b/,
    name: 'sort',
    about: 'order',
    python: (list) => `numbers = ${list}\nprint(*sorted(numbers))\n`,
    node: (list) => `const numbers = ${list};\nconsole.log(...numbers.toSorted((left, right) => left - right));\n`,
  },
  {
    words: /\b(?:product|multipl(?:y|ies))\b/,
    name: 'product',
    about: 'product',
    python: (list) => `from math import prod\n\nnumbers = ${list}\nprint(prod(numbers))\n`,
    node: (list) => `const numbers = ${list};\nconsole.log(numbers.reduce((product, number) => product * number, 1));\n`,
  },
  {
    words: /\b(?:sums?|total|adds?|plus)\b/,
    name: 'sum',
    about: 'sum',
    python: (list) => `numbers = ${list}\nprint(sum(numbers))\n`,
    node: (list) => `const numbers = ${list};\nconsole.log(numbers.reduce((sum, number) => sum + number, 0));\n`,
  },
];

export const listOfNumbers: Recipe = (words) => {
  const operation = operations.find((candidate) => candidate.words.test(words));
  const numbers = numbersIn(words);
  if (!operation || numbers.length < 2 || /\btable\b/.test(words)) return null;
  const descending = operation.name === 'sort' && /\b(?:descending|reverse|largest first|high(?:est)? to low)/.test(words);
  const list = `[${numbers.join(', ')}]`;
  const python = operation.python(list);
  const node = operation.node(list);
  return {
    name: operation.name,
    about: `prints the ${operation.about} of ${numbers.length} numbers`,
    python: descending ? python.replace('sorted(numbers)', 'sorted(numbers, reverse=True)') : python,
    node: descending ? node.replace('left - right', 'right - left') : node,
  };
};

export const divisors: Recipe = (words) => {
  const kind = /\b(?:gcd|greatest common (?:divisor|denominator|factor))\b/.test(words)
    ? 'gcd'
    : /\b(?:lcm|least common multiple)\b/.test(words)
      ? 'lcm'
      : null;
  const [left, right] = numbersIn(words);
  if (!kind || left === undefined || right === undefined) return null;
  const gcd = `/** The greatest whole number that divides both. */
function gcd(left, right) {
  return right === 0 ? left : gcd(right, left % right);
}
`;
  return {
    name: kind,
    about: `prints the ${kind === 'gcd' ? 'greatest common divisor' : 'least common multiple'} of ${left} and ${right}`,
    python: `from math import ${kind}\n\nprint(${kind}(${left}, ${right}))\n`,
    node: `${gcd}\nconsole.log(${kind === 'gcd' ? `gcd(${left}, ${right})` : `(${left} * ${right}) / gcd(${left}, ${right})`});\n`,
  };
};

export const temperature: Recipe = (words) => {
  if (!/\b(?:celsius|fahrenheit|temperatures?|°[cf]|\d+\s*[cf]\b)/.test(words)) return null;
  const toCelsius = /\b(?:to|into|in)\s+(?:°?c\b|celsius)/.test(words) || /fahrenheit\s+(?:to|into|2)/.test(words);
  const [given] = numbersIn(words.replace(/(\d)\s*°?[cf]\b/g, '$1 '));
  const [from, to] = toCelsius ? ['fahrenheit', 'celsius'] : ['celsius', 'fahrenheit'];
  const pythonFormula = toCelsius ? '(fahrenheit - 32) * 5 / 9' : 'celsius * 9 / 5 + 32';
  const [fromUnit, toUnit] = toCelsius ? ['F', 'C'] : ['C', 'F'];
  const values = given === undefined ? (toCelsius ? [32, 68, 98.6, 212] : [-40, 0, 20, 37, 100]) : [given];
  const python = `def to_${to}(${from}):
    """Convert degrees ${from} to degrees ${to}."""
    return ${pythonFormula}


if __name__ == "__main__":
    for degrees in [${values.join(', ')}]:
        print(f"{degrees} °${fromUnit} = {to_${to}(degrees):.1f} °${toUnit}")
`;
  const name = toCelsius ? 'toCelsius' : 'toFahrenheit';
  const node = `/** Degrees ${from} as degrees ${to}. */
function ${name}(${from}) {
  return ${toCelsius ? '((fahrenheit - 32) * 5) / 9' : '(celsius * 9) / 5 + 32'};
}

for (const degrees of [${values.join(', ')}]) {
  console.log(\`\${degrees} °${fromUnit} = \${${name}(degrees).toFixed(1)} °${toUnit}\`);
}
`;
  return { name: 'temperature', about: `converts degrees ${from} to ${to}`, python, node };
};

export const calculation: Recipe = (words) => {
  const match = /(?:^|\s)((?:-?\d{1,12}(?:\.\d{1,6})?|\()[\d\s.+*/%()x×÷-]{1,200}\d\)*)(?=\s|$|[?=])/.exec(
    words
      .replaceAll(/\b(?:times|multiplied by)\b/g, '*')
      .replaceAll(/\bplus\b/g, '+')
      .replaceAll(/\bminus\b/g, '-')
      .replaceAll(/\bdivided by\b/g, '/'),
  );
  const expression = match?.[1]?.replaceAll(/[x×]/g, '*').replaceAll('÷', '/').trim();
  if (
    !expression ||
    !/\d\)*\s*[+*/%-]\s*\(*\d/.test(expression) ||
    /[+*/%-]\s*[*/%]|\d\s+\d|\b0\d/.test(expression) ||
    count(expression, '(') !== count(expression, ')')
  )
    return null;
  return { name: 'calculate', about: `prints ${expression}`, python: `print(${expression})\n`, node: `console.log(${expression});\n` };
};

function count(text: string, letter: string): number {
  return text.split(letter).length - 1;
}

export const multiplicationTable: Recipe = (words) => {
  if (!/\b(?:multiplication|times)[\s-]+tables?\b/.test(words)) return null;
  const ordinal = /\btable\s+(?:of|for)\s+(\d{1,6})\b/.exec(words) ?? /\b(\d{1,6})\s+(?:times|multiplication)/.exec(words);
  const size = countIn(words.replace(ordinal?.[0] ?? '', ''), 10);
  const python = ordinal
    ? `for factor in range(1, ${size + 1}):
    print(f"${ordinal[1]} x {factor} = {${ordinal[1]} * factor}")
`
    : `SIZE = ${size}
width = len(str(SIZE * SIZE))

for row in range(1, SIZE + 1):
    print(" ".join(f"{row * column:>{width}}" for column in range(1, SIZE + 1)))
`;
  const node = ordinal
    ? `for (let factor = 1; factor <= ${size}; factor += 1) {
  console.log(\`${ordinal[1]} x \${factor} = \${${ordinal[1]} * factor}\`);
}
`
    : `const size = ${size};
const width = String(size * size).length;
const numbers = Array.from({ length: size }, (_, index) => index + 1);

for (const row of numbers) {
  console.log(numbers.map((column) => String(row * column).padStart(width)).join(' '));
}
`;
  return {
    name: 'multiplication_table',
    about: ordinal ? `prints the table of ${ordinal[1]}` : `prints the multiplication table up to ${size}`,
    python,
    node,
  };
};
