import { describe, expect, test } from 'vitest';
import { planLines, readPlanLines } from './plan-lines.ts';

describe('a plan in lines', () => {
  test('comes back as it was written, whatever a title holds', () => {
    const words = planLines([{ title: 'Create a.txt' }, { title: '2. Run\nit' }]);
    expect(words).toBe('The plan should be:\n1. Create a.txt\n2. 2. Run it');
    expect(readPlanLines(words)).toEqual([
      { number: 1, title: 'Create a.txt' },
      { number: 2, title: '2. Run it' },
    ]);
  });

  test('is read in the order in which it stands, with and without its head', () => {
    expect(readPlanLines('3) run it\n\n 1. create a.txt with 1. one ')).toEqual([
      { number: 3, title: 'run it' },
      { number: 1, title: 'create a.txt with 1. one' },
    ]);
  });

  test.each(['', 'The plan should be:', 'leave out the second', '1. one\nand more', '1.one'])('"%s" is none', (words) => {
    expect(readPlanLines(words)).toBeNull();
  });
});
