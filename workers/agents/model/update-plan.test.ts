import { describe, expect, it } from 'vitest';
import type { RunState, StepState } from '#lib/core/state.ts';
import { step } from '#tests/models/scripted-model.ts';
import { readPlanUpdate, stepInTurn, toPlanStep, UpdatePlan, whyNoPlan } from './update-plan.ts';

function state(step_id: string, status: StepState['status'], depends_on: string[] = []): StepState {
  return { ...step(step_id, step_id, { depends_on }), status, note: '', attempts: 0, marks: [] };
}

function read(steps: StepState[], update: object) {
  return readPlanUpdate({ steps } as RunState, UpdatePlan.parse(update));
}

describe('an update of the plan', () => {
  it('says what is over and names the next step', () => {
    expect(read([state('s1', 'running'), state('s2', 'pending', ['s1'])], { finished: [{ step_id: 's1', status: 'done' }] })).toMatchObject(
      {
        ok: true,
        update: { finished: [{ stepId: 's1', status: 'done', note: '' }] },
        reply: 'Noted. The next step is s2: s2',
      },
    );
  });

  it('keeps what is over when the rest is planned anew', () => {
    const result = read([state('s1', 'done'), state('s2', 'pending')], {
      replan: { reason: 'Better.', steps: [step('s3', 'Third', { depends_on: ['s1'] })] },
    });
    expect(result).toMatchObject({ ok: true, update: { plan: { steps: [{ step_id: 's1' }, { step_id: 's3' }] } } });
  });

  it('asks for another way after a failure', () => {
    expect(read([state('s1', 'running')], { finished: [{ step_id: 's1', status: 'failed' }] })).toMatchObject({
      reply: expect.stringContaining('Try another way with replan'),
    });
  });

  it.each([
    ['a step that is not there', { finished: [{ step_id: 's9', status: 'done' }] }, 'The plan has no step "s9". Its steps: s1, s2'],
    ['a step that is over as a new one', { replan: { reason: '', steps: [step('s1', 'Again')] } }, 'The step "s1" is over'],
    ['a step twice', { replan: { reason: '', steps: [step('s3', 'a'), step('s3', 'b')] } }, 'Two steps have the same step_id.'],
    ['a dependency that is not there', { replan: { reason: '', steps: [step('s3', 'a', { depends_on: ['s8'] })] } }, 'depends on "s8"'],
  ])('rejects %s', (_, update, error) => {
    expect(read([state('s1', 'done'), state('s2', 'pending')], update)).toEqual({ ok: false, error: expect.stringContaining(error) });
  });
});

it('finds a circle of dependencies', () => {
  const circle = [step('a', 'a', { depends_on: ['b'] }), step('b', 'b', { depends_on: ['a'] })];
  expect(whyNoPlan(circle)).toBe('The dependencies of the steps run in a circle.');
  expect(whyNoPlan([step('a', 'a', { depends_on: ['b'] }), step('b', 'b')])).toBeNull();
});

it('takes the step in work, else the first whose turn it is', () => {
  expect(stepInTurn([state('a', 'pending'), state('b', 'running')])?.step_id).toBe('b');
  expect(stepInTurn([state('a', 'pending', ['c']), state('c', 'pending')])?.step_id).toBe('c');
  expect(stepInTurn([state('a', 'done')])).toBeUndefined();
});

it('cuts what a model writes to what a plan holds', () => {
  const cut = toPlanStep({ step_id: 'x'.repeat(100), title: '', kind: 'edit', depends_on: [], notes: 'n'.repeat(30_000) });
  expect([cut.step_id.length, cut.title.length, cut.notes.length]).toEqual([64, 64, 20_000]);
});
