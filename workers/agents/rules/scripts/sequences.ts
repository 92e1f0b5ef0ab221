import { countIn, lastOf, numbersIn, type Recipe } from './recipe.ts';

const isUpTo = (words: string) =>
  /\b(?:up to|below|under|until|less than|smaller than|to|through|<=?)\s+-?\d/.test(words) && !/\bfirst\s+\d/.test(words);

export const fibonacci: Recipe = (words) => {
  if (!/\bfib(?:b?onn?acc?i)?\b/.test(words)) return null;
  const count = countIn(words, 10);
  if (/\b\d+(?:st|nd|rd|th)\b/.test(words)) return nthFibonacci(Number(/\b(\d+)(?:st|nd|rd|th)\b/.exec(words)?.[1] ?? 10));
  const upTo = isUpTo(words);
  const about = upTo ? `prints the Fibonacci numbers up to ${count}` : `prints the first ${count} Fibonacci numbers`;
  const python = upTo
    ? `def fibonacci(limit):
    """Yield the Fibonacci numbers up to and including limit."""
    current, following = 0, 1
    while current <= limit:
        yield current
        current, following = following, current + following


if __name__ == "__main__":
    for number in fibonacci(${count}):
        print(number)
`
    : `def fibonacci(count):
    """Yield the first count Fibonacci numbers."""
    current, following = 0, 1
    for _ in range(count):
        yield current
        current, following = following, current + following


if __name__ == "__main__":
    for number in fibonacci(${count}):
        print(number)
`;
  const node = `/** The Fibonacci numbers${upTo ? ' up to and including limit' : ': the first count of them'}. */
function* fibonacci(${upTo ? 'limit' : 'count'}) {
  let [current, following] = [0n, 1n];
  ${upTo ? 'while (current <= limit)' : 'for (let index = 0; index < count; index += 1)'} {
    yield current;
    [current, following] = [following, current + following];
  }
}

for (const number of fibonacci(${upTo ? `${count}n` : count})) console.log(String(number));
`;
  return { name: 'fibonacci', about, python, node };
};

function nthFibonacci(nth: number) {
  const python = `def fibonacci(position):
    """Return the Fibonacci number at this position; fibonacci(1) == fibonacci(2) == 1."""
    current, following = 0, 1
    for _ in range(position):
        current, following = following, current + following
    return current


if __name__ == "__main__":
    print(fibonacci(${nth}))
`;
  const node = `/** The Fibonacci number at this position; fibonacci(1) and fibonacci(2) are 1. */
function fibonacci(position) {
  let [current, following] = [0n, 1n];
  for (let index = 0; index < position; index += 1) {
    [current, following] = [following, current + following];
  }
  return current;
}

console.log(String(fibonacci(${nth})));
`;
  return { name: 'fibonacci', about: `prints Fibonacci number ${nth}`, python, node };
}

export const primes: Recipe = (words) => {
  if (!/\bprimes?\b/.test(words)) return null;
  const count = countIn(words, 100);
  if (/\b(?:is|whether|if|check)\b/.test(words) && numbersIn(words).length === 1 && !/\bnumbers\b|\bprimes\b/.test(words))
    return isPrime(count);
  const first = /\bfirst\b/.test(words);
  const python = `from itertools import ${first ? 'count, islice' : 'takewhile, count'}


def is_prime(number):
    """Tell whether number has no divisor but 1 and itself."""
    return number > 1 and all(number % divisor for divisor in range(2, int(number**0.5) + 1))


def primes():
    """Yield the prime numbers without end."""
    return filter(is_prime, count(2))


if __name__ == "__main__":
    for prime in ${first ? `islice(primes(), ${count})` : `takewhile(lambda prime: prime <= ${count}, primes())`}:
        print(prime)
`;
  const node = `/** Whether a number has no divisor but 1 and itself. */
function isPrime(number) {
  for (let divisor = 2; divisor * divisor <= number; divisor += 1) {
    if (number % divisor === 0) return false;
  }
  return number > 1;
}

/** The prime numbers without end. */
function* primes() {
  for (let number = 2; ; number += 1) if (isPrime(number)) yield number;
}

${first ? `for (const prime of primes().take(${count})) console.log(prime);` : `for (const prime of primes()) {\n  if (prime > ${count}) break;\n  console.log(prime);\n}`}
`;
  return {
    name: 'primes',
    about: first ? `prints the first ${count} prime numbers` : `prints the prime numbers up to ${count}`,
    python,
    node,
  };
};

function isPrime(number: number) {
  const python = `def is_prime(number):
    """Tell whether number has no divisor but 1 and itself."""
    return number > 1 and all(number % divisor for divisor in range(2, int(number**0.5) + 1))


if __name__ == "__main__":
    number = ${number}
    print(f"{number} is {'' if is_prime(number) else 'not '}a prime number")
`;
  const node = `/** Whether a number has no divisor but 1 and itself. */
function isPrime(number) {
  for (let divisor = 2; divisor * divisor <= number; divisor += 1) {
    if (number % divisor === 0) return false;
  }
  return number > 1;
}

const number = ${number};
console.log(\`\${number} is \${isPrime(number) ? '' : 'not '}a prime number\`);
`;
  return { name: 'is_prime', about: `tells whether ${number} is prime`, python, node };
}

export const factorial: Recipe = (words) => {
  if (!/\bfactorials?\b|\b\d+!/.test(words)) return null;
  const number = countIn(words.replaceAll('!', ''), 10);
  const python = `from math import factorial

if __name__ == "__main__":
    print(factorial(${number}))
`;
  const node = `/** The product of all whole numbers from 1 to number. */
function factorial(number) {
  let product = 1n;
  for (let factor = 2n; factor <= number; factor += 1n) product *= factor;
  return product;
}

console.log(String(factorial(${number}n)));
`;
  return { name: 'factorial', about: `prints the factorial of ${number}`, python, node };
};

export const range: Recipe = (words) => {
  const match =
    /\b(?:(even|odd|square)s?\s+)?(?:numbers?|integers?|squares?|count(?:s|ing)?)?\s*\b(?:from|between)\s+(-?\d{1,9})\s+(?:to|through|and|up to|until|down to)\s+(-?\d{1,9})\b/.exec(
      words,
    ) ?? /\b(?:(even|odd|square)\s+)?numbers?\s+()(?:up to|until|to|below|under|less than|smaller than)\s+(-?\d{1,9})\b/.exec(words);
  const down = /\bcount(?:s|ing)?\s*-?down\b/.test(words);
  if (!match && !down) return null;
  if (/\b(?:sum|add|total|average|mean|product|random)\b/.test(words)) return null;
  const kind = match?.[1] ?? (/\bsquares?\b/.test(words) ? 'square' : undefined);
  const from = match ? Number(match[2] || 1) : countIn(words, 10);
  const to = match ? lastOf(match) : (numbersIn(words)[1] ?? 1);
  const step = from > to ? -1 : 1;
  const condition = kind === 'even' ? 'number % 2 == 0' : kind === 'odd' ? 'number % 2 != 0' : '';
  const shown = kind === 'square' ? 'number**2' : 'number';
  const python = `for number in range(${from}, ${to + step}${step < 0 ? ', -1' : ''}):
    ${condition ? `if ${condition}:\n        ` : ''}print(${shown})
`;
  const node = `for (let number = ${from}; number ${step < 0 ? '>=' : '<='} ${to}; number ${step < 0 ? '-' : '+'}= 1) {
  ${condition ? `if (${condition.replace('==', '===').replace('!=', '!==').replace('====', '===').replace('!===', '!==')}) ` : ''}console.log(${shown.replace('number**2', 'number ** 2')});
}
`;
  return { name: down ? 'countdown' : 'numbers', about: `prints the ${kind ? `${kind} ` : ''}numbers from ${from} to ${to}`, python, node };
};
