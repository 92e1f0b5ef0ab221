import { describe, expect, test } from 'vitest';
import { planCommands } from './plan-commands.ts';

describe("the agent's own list", () => {
  const entry = (content: string, status: 'pending' | 'in_progress' | 'completed' = 'pending') => ({ content, status });
  const run = { runId: 'ru_1', steps: [] };

  test('becomes the plan, and how far it is follows', () => {
    const commands = planCommands(run, [entry('Look', 'completed'), entry('Change', 'in_progress'), entry('Test')]);
    expect(commands.map(({ type }) => type)).toEqual(['propose-plan', 'finish-step', 'start-step']);
  });

  test('is no new plan while it says the same', () => {
    const [first] = planCommands(run, [entry('Look'), entry('Look')]);
    const steps = first?.type === 'propose-plan' ? first.steps : [];
    expect(new Set(steps.map(({ step_id }) => step_id)).size).toBe(2);
    const known = steps.map((step) => ({ ...step, status: 'pending' as const, note: '', attempts: 0, marks: [] }));
    expect(planCommands({ ...run, steps: known }, [entry('Look', 'in_progress'), entry('Look')]).map(({ type }) => type)).toEqual([
      'start-step',
    ]);
  });
});
