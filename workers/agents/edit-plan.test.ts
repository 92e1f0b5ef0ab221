import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { PlanStep } from '#lib/core/plan.ts';
import type { StepState } from '#lib/core/state.ts';
import { planLines } from '#lib/core/words/plan-lines.ts';
import { editPlan } from './edit-plan.ts';
import { readGoal } from './rules/reasoner/reason.ts';
import { toSteps } from './rules/reasoner/to-steps.ts';

const nothing = { files: new Set<string>() };
const planned = (goal: string) => toSteps(readGoal(goal, nothing).drafts);
const asState = (step: PlanStep): StepState => ({ ...step, status: 'pending', note: '', attempts: 0, marks: [] });
const memoryAfter = (steps: readonly PlanStep[]) => ({ ...nothing, script: /\S+\.py/.exec(steps.at(-1)?.title ?? '')?.[0] });

function edit(words: string, shown: PlanStep[], steps = shown.map(asState)) {
  let number = shown.length + 1;
  const understand = (instruction: string, behind: readonly PlanStep[]) => {
    const { drafts, notUnderstood } = readGoal(instruction, memoryAfter(behind));
    const understood = notUnderstood.length === 0 ? toSteps(drafts, number) : [];
    number += understood.length;
    return understood;
  };
  return editPlan(words, { shown, steps, understand });
}

test.each<[words: string, kept: number[]]>([
  ['leave out 1', [2, 3]],
  ['Drop steps 1 and 2.', [3]],
  ['1. Write b.txt\n2. Write a.txt', [2, 3]],
  ['2. Write b.txt\n1. Write a.txt', [2, 1]],
  ['2. Write b.txt\n3. Write a.txt', [2, 3]],
  ['3. Write a.txt', [3]],
])('of steps with one name "%s" means the one that it meant when it was shown', (words, kept) => {
  const shown = planned('create a.txt with one, then create b.txt with two, then create a.txt with three');
  expect(shown.map(({ title }) => title)).toEqual(['Write a.txt', 'Write b.txt', 'Write a.txt']);
  const result = edit(words, shown);
  expect(result).toMatchObject({ steps: kept.map((number) => ({ notes: shown[number - 1]?.notes })) });
  const again = shown.map((step) => asState({ ...step, step_id: `${step.step_id}-r2` }));
  expect(edit(words, shown, again)).toMatchObject({ steps: kept.map((number) => ({ step_id: `s${number}-r2` })) });
});

test('what is over stays as it is, and is not taken for a step of the same name that is still to do', () => {
  const shown = planned('create a.txt with one, then create b.txt with two, then create a.txt with one');
  const steps = shown.map((step, index) => ({ ...asState(step), ...(index === 0 ? { status: 'done' as const } : {}) }));
  expect(edit('leave out 2', shown, steps)).toMatchObject({ steps: [{ step_id: 's1' }, { step_id: 's3' }] });
  expect(edit('leave out 1', shown, steps)).toMatchObject({ steps: [{ step_id: 's1' }, { step_id: 's2' }, { step_id: 's3' }] });
});

test('what words added or changed since it was shown stays in the plan', () => {
  const shown = planned('create a.txt with one, then create b.txt with two, then create c.txt with three');
  const [a, , c] = shown;
  const meanwhile = [a!, { ...shown[1]!, step_id: 's4', title: 'Write bye.txt' }, c!, { ...c!, step_id: 's5', title: 'Write d.txt' }];
  for (const words of ['leave out 1', '1. Write b.txt\n2. Write c.txt'])
    expect(edit(words, shown, meanwhile.map(asState)), words).toMatchObject({
      steps: [{ title: 'Write c.txt' }, { title: 'Write bye.txt' }, { title: 'Write d.txt' }],
    });
});

test('an instruction among the lines is read by what stands above it', () => {
  const shown = planned('create a.py with print(1), then create b.py with print(2)');
  expect(edit('1. Write a.py\n2. run it\n3. Write b.py', shown)).toMatchObject({
    steps: [{ title: 'Write a.py' }, { title: expect.stringContaining('a.py') }, { title: 'Write b.py' }],
  });
});

test.each([
  ['remove 2 and 9', 'The plan has no step 9.'],
  ['leave out 0', 'The plan has no step 0.'],
  ['leave out 1, 2.', 'That leaves no step: reject the plan where nothing should be done.'],
  ['1. sing\n2. dance\n3. Write a.txt\n4. jump\n5. fly', 'I did not understand "sing", "dance", "jump" and 1 more.'],
  [planLines(Array.from({ length: 201 }, (_, index) => ({ title: `create ${index}.txt with x` }))), 'A plan has at most 200 steps.'],
])('says why it cannot follow "%.60s"', (words, problem) => {
  expect(edit(words, planned('create a.txt with one, then create b.txt with two'))).toEqual({ problem });
});

test.each(['leave out the second', `leave out 1${' '.repeat(19_000)}x`, 'call it b.txt', ''])('"%.40s" is no edit of a plan', (words) => {
  expect(edit(words, planned('create a.txt with one, then create b.txt with two'))).toBeNull();
});

test('sent back as it was shown a plan is the same, whatever its steps are called', () => {
  const title = fc.oneof(
    fc.string({ minLength: 1, unit: 'binary' }),
    fc.constantFrom('The plan should be:', '1. x', 'leave out 1', '2) \u2028y', 'a'),
  );
  const step = fc.record({ title: title.filter((text) => text.trim() !== ''), notes: fc.string() });
  fc.assert(
    fc.property(fc.array(step, { minLength: 1, maxLength: 6 }), (drafts) => {
      const shown = drafts.map((draft, index) => ({ ...draft, step_id: `s${index}`, kind: 'edit' as const, depends_on: [] }));
      expect(edit(planLines(shown), shown)).toEqual({ steps: shown.map(asState) });
    }),
    { numRuns: 30 },
  );
});
