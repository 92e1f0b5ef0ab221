import { describe, expect, it } from 'vitest';
import { RequestError } from '../request.ts';
import { createTurns, noTurn, type Turn } from './turns.ts';

function opened() {
  let turn: Turn = noTurn;
  const taken: string[] = [];
  const turns = createTurns((next) => {
    turn = next;
  });
  const read = (what: NonNullable<Turn['busy']>, ask: () => Promise<string>) => turns.read(what, ask, (page) => taken.push(page));
  return { turns, read, taken, turn: () => turn };
}

describe('a conversation that is read in parts', () => {
  it('reads on once at a time', async () => {
    const { read, taken, turn } = opened();
    const page = Promise.withResolvers<string>();
    const reading = read('older', () => page.promise);
    await read('newer', async () => 'newer');
    expect(turn().busy).toBe('older');
    page.resolve('older');
    await reading;
    expect(taken).toEqual(['older']);
    expect(turn()).toEqual(noTurn);
  });

  it('tries again what failed, and nothing else', async () => {
    const { read, taken, turn } = opened();
    let isAway = true;
    await read('place', async () => {
      if (isAway) throw new RequestError(0, 'away');
      return 'the start';
    });
    expect(turn()).toMatchObject({ busy: null, failure: { what: 'place', words: 'away' } });
    isAway = false;
    turn().failure?.retry();
    expect(turn()).toEqual({ busy: 'place', failure: null });
    await expect.poll(turn).toEqual(noTurn);
    expect(taken).toEqual(['the start']);
  });

  it('takes nobody to a place that they do not want to go to any more', async () => {
    const { turns, read, taken, turn } = opened();
    const [first, second, third] = [0, 1, 2].map(() => Promise.withResolvers<string>());
    const jumps = [first, second, third].map((page) => read('place', () => page?.promise ?? Promise.reject()));
    first?.resolve('first');
    second?.reject(new Error('lost'));
    await Promise.all(jumps.slice(0, 2));
    expect(turn()).toEqual({ busy: 'place', failure: null });
    turns.drop();
    third?.resolve('third');
    await jumps[2];
    expect(taken).toEqual([]);
    expect(turn()).toEqual(noTurn);
  });

  it('forgets what failed once it is not wanted any more', async () => {
    const { turns, read, turn } = opened();
    await read('place', () => Promise.reject(new Error('lost')));
    turns.drop();
    expect(turn()).toEqual(noTurn);
  });
});
