import { expect, test } from 'vitest';
import { sayOnce } from './say-once.ts';

function opened() {
  const said: number[] = [];
  const line = { isAway: false, isBack: () => {} };
  const tell = sayOnce(
    async (seq) => {
      if (line.isAway) return false;
      said.push(seq);
      return true;
    },
    (act) => {
      line.isBack = act;
    },
  );
  return { said, line, tell };
}

test('a place is said once, and none before it', async () => {
  const { said, tell } = opened();
  for (const seq of [3, 3, 2, 5]) await tell(seq);
  expect(said).toEqual([3, 5]);
});

test('what could not be said is said when the network is back, or the next time', async () => {
  const { said, line, tell } = opened();
  line.isAway = true;
  await tell(3);
  line.isAway = false;
  line.isBack();
  expect(said).toEqual([3]);
  line.isAway = true;
  await tell(7);
  line.isAway = false;
  await tell(7);
  line.isBack();
  expect(said).toEqual([3, 7]);
});
