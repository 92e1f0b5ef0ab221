import { expect, test } from 'vitest';
import { createDraftFiles } from './draft-files.ts';

const arrived = (count: number) =>
  Array.from({ length: count }, (_, index) => ({ uploadId: `up_${index}`, name: `${index}.txt`, bytes: 1 }));
const chosen = (count: number) => Array.from({ length: count }, (_, index) => new File(['x'], `new-${index}.txt`));

test('a draft takes no more files than go along with words, also beside those that were taken back', () => {
  const draft = createDraftFiles('goal');
  draft.restore(arrived(15));
  draft.add(chosen(10));
  expect(draft.getView()).toMatchObject({ files: { length: 20 }, refusal: 'At most 20 files at once.' });
  draft.restore(arrived(20));
  draft.add(chosen(1_000));
  expect(draft.getView().files).toHaveLength(40);
});

test('what happens to files is told to whoever shows them then', () => {
  const draft = createDraftFiles('th_1');
  const told: number[] = [];
  const stop = draft.subscribe(() => told.push(draft.getView().files.length));
  draft.restore(arrived(2));
  stop();
  draft.restore(arrived(1));
  draft.subscribe(() => told.push(draft.getView().files.length));
  draft.forget(draft.getView().files.map(({ key }) => key));
  expect(told).toEqual([2, 0]);
});
