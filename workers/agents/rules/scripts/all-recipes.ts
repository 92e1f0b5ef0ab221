import { calculation, divisors, listOfNumbers, multiplicationTable, sumOfRange, temperature } from './arithmetic.ts';
import type { Recipe } from './recipe.ts';
import { factorial, fibonacci, primes, range } from './sequences.ts';
import { currentDate, fizzbuzz, palindrome, printText, reverseText, vowels, wordCount } from './text.ts';

/** Every program that the rules can write; the first that recognises the words writes it. */
export const allRecipes: Recipe[] = [
  fibonacci,
  fizzbuzz,
  multiplicationTable,
  primes,
  factorial,
  divisors,
  temperature,
  wordCount,
  vowels,
  palindrome,
  sumOfRange,
  listOfNumbers,
  range,
  reverseText,
  calculation,
  currentDate,
  printText,
];
