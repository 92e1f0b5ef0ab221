import { execFile } from 'node:child_process';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { readGoal } from '../reasoner/reason.ts';

const run = promisify(execFile);
let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'choir-programs-'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

/** Writes the one file that a goal comes to in its own folder, runs it with the real interpreter and gives what it prints. */
async function printed(goal: string): Promise<string> {
  const { drafts } = readGoal(goal, { files: new Set() });
  const task = drafts[0]?.task;
  const call = task?.do === 'calls' ? task.calls[0] : undefined;
  if (call?.tool !== 'create_file') throw new Error(`No script for: ${goal}`);
  const cwd = await mkdtemp(join(folder, 'run-'));
  const path = join(cwd, call.args.path);
  await mkdir(dirname(path), { recursive: true });
  await writeFile(path, call.args.content);
  await writeFile(join(cwd, 'words.txt'), 'one two three\nfour\n');
  const { stdout } = await run(path.endsWith('.py') ? 'python3' : process.execPath, [path], { cwd });
  return stdout.trimEnd();
}

const lines = (...values: (string | number)[]) => values.join('\n');
const programs: [about: string, prints: string][] = [
  ['prints the first 10 fibonacci numbers', lines(0, 1, 1, 2, 3, 5, 8, 13, 21, 34)],
  ['prints fibonacci numbers up to 20', lines(0, 1, 1, 2, 3, 5, 8, 13)],
  ['prints the 10th fibonacci number', '55'],
  ['prints the primes up to 20', lines(2, 3, 5, 7, 11, 13, 17, 19)],
  ['prints the first 5 prime numbers', lines(2, 3, 5, 7, 11)],
  ['checks if 91 is prime', '91 is not a prime number'],
  ['computes the factorial of 25', '15511210043330985984000000'],
  ['prints all even numbers below 10', lines(2, 4, 6, 8)],
  ['prints the odd numbers up to 5', lines(1, 3, 5)],
  ['prints the sum of all numbers below 5', '10'],
  ['prints the sum of 4, 8 and 15', '27'],
  ['sums the numbers from 1 to 100', '5050'],
  ['computes the average of 2, 4 and 9', '5'],
  ['prints the largest of 3, 99, 12', '99'],
  ['prints the smallest of 3, -9, 12', '-9'],
  ['sorts 5, 10, 1', '1 5 10'],
  ['sorts 5, 10, 1 in descending order', '10 5 1'],
  ['prints the median of 9, 1, 5', '5'],
  ['prints the gcd of 48 and 36', '12'],
  ['prints the lcm of 4 and 6', '12'],
  ['counts the words in "the quick brown fox"', '4'],
  ['counts the words in words.txt', '4'],
  ['counts the lines in the file words.txt', '2'],
  ['plays fizzbuzz up to 5', lines(1, 2, 'Fizz', 4, 'Buzz')],
  ['prints hello world', 'Hello, world!'],
  ['prints "it\'s \\"fine\\" ünïcode"', 'it\'s "fine" ünïcode'],
  ['prints the multiplication table of 3 up to 3', lines('3 x 1 = 3', '3 x 2 = 6', '3 x 3 = 9')],
  ['prints a multiplication table up to 3', lines('1 2 3', '2 4 6', '3 6 9')],
  ['reverses the string "abc"', 'cba'],
  ['checks whether "Never odd or even" is a palindrome', 'Never odd or even: yes'],
  ['converts 100 celsius to fahrenheit', '100 °C = 212.0 °F'],
  ['converts 212 fahrenheit to celsius', '212 °F = 100.0 °C'],
  ['counts the vowels in "education"', '5'],
  ['prints even numbers from 1 to 6', lines(2, 4, 6)],
  ['prints odd numbers from 1 to 5', lines(1, 3, 5)],
  ['counts down from 3', lines(3, 2, 1)],
  ['prints the squares of numbers from 1 to 3', lines(1, 4, 9)],
  ['calculates 12 * (3 + 4)', '84'],
];

describe.each(['python', 'node'])('a %s script that', (language) => {
  test.each(programs)('%s', async (about, prints) => {
    expect(await printed(`create a ${language} script that ${about}`)).toBe(prints);
  });
});

test('a .js file runs whether its package is a module or not', async () => {
  expect(await printed('create count.js that counts the words in words.txt')).toBe('4');
});
