import { readdir } from 'node:fs/promises';
import { describe, expect, it } from 'vitest';
import { openApprovals } from '#lib/core/state.ts';
import { modelBench } from '#tests/models/model-bench.ts';
import type { Respond } from '#tests/models/model-services.ts';
import { askedFor, call, calls, scripted, step, textOf } from '#tests/models/scripted-model.ts';

const { seen, open, answer, heard } = await modelBench();

describe('a plan of the model', () => {
  it('is agreed to first in the mode plan, and changed by the words of a person', async () => {
    const script: Respond = (request) => {
      if (askedFor(request) !== 'plan') return scripted({ answers: [{ content: 'Done.' }] })(request);
      const changed = textOf(request, 'user').includes('The person says: only the tests');
      return { content: JSON.stringify({ steps: [changed ? step('s1', 'Write tests') : step('s1', 'Write code')] }) };
    };
    const thread = await open(script, { mode: 'plan' });
    await thread.work();
    expect(openApprovals(await thread.state())).toMatchObject([{ kind: 'plan', action: { steps: [{ title: 'Write code' }] } }]);
    await answer(thread, 'modify', 'only the tests');
    expect(openApprovals(await thread.state())).toMatchObject([{ kind: 'plan', action: { steps: [{ title: 'Write tests' }] } }]);
    expect(seen.map(askedFor)).toEqual(['plan', 'plan']);
    await answer(thread, 'approve');
    const { run } = await thread.state();
    expect(run).toMatchObject({ status: 'completed', steps: [{ status: 'skipped' }] });
    expect(heard('user')).toContain('these steps of the plan are open');
  });

  it('is what a person makes of it step by step, without another call', async () => {
    const plan = [step('s1', 'Write code'), { ...step('s2', 'Write tests'), depends_on: ['s1'] }, step('s3', 'Publish')];
    const thread = await open(scripted({ plan, answers: [{ content: 'Done.' }] }), { mode: 'plan' });
    await thread.work();
    const steps = async () => openApprovals(await thread.state())[0]?.action.steps?.map(({ title, depends_on }) => [title, ...depends_on]);
    await answer(thread, 'modify', 'leave out 9');
    expect(await steps()).toEqual([['Write code'], ['Write tests', 's1'], ['Publish']]);
    expect((await thread.state()).items.at(-2)).toMatchObject({ text: 'The plan has no step 9. The plan stays as it was.' });
    await answer(thread, 'modify', 'The plan should be:\n2. Write tests\n1. Write code\n3. Say how to run them');
    expect(await steps()).toEqual([['Write tests'], ['Write code'], ['Say how to run them']]);
    expect(seen.map(askedFor)).toEqual(['plan']);
    await answer(thread, 'approve');
    expect(heard('user')).toContain('Say how to run them');
    expect((await thread.state()).run?.steps.map(({ title }) => title)).toEqual(['Write tests', 'Write code', 'Say how to run them']);
  });

  it('is agreed to again when it changed, before anything of it runs', async () => {
    const script = scripted({
      plan: [step('s1', 'Look')],
      answers: [
        calls(
          '',
          call('update_plan', {
            finished: [{ step_id: 's1', status: 'done' }],
            replan: { reason: 'There is more.', steps: [step('s2', 'Write')] },
          }),
          call('create_file', { path: 'early.txt', content: '' }),
        ),
        calls('', call('update_plan', { finished: [{ step_id: 's2', status: 'done' }] })),
        { content: 'Done.' },
      ],
    });
    const thread = await open(script, { mode: 'plan' });
    await thread.work();
    await answer(thread, 'approve');
    expect(openApprovals(await thread.state())).toMatchObject([
      { kind: 'plan', action: { steps: [{ step_id: 's1' }, { step_id: 's2' }] } },
    ]);
    expect((await thread.state()).run?.calls).toEqual([]);
    await answer(thread, 'approve');
    expect((await thread.state()).run).toMatchObject({
      status: 'completed',
      planRevision: 2,
      steps: [{ status: 'done' }, { status: 'done' }],
    });
    expect(await readdir(thread.tree)).toEqual([]);
  });

  it('is tried and kept as a whole in a dry run', async () => {
    const script = scripted({
      plan: [step('s1', 'Write')],
      answers: [
        calls('', call('create_file', { path: 'a', content: 'a' })),
        calls('', call('update_plan', { finished: [{ step_id: 's1', status: 'done' }] })),
        { content: 'Done.' },
      ],
    });
    const thread = await open(script, { dryRun: true });
    await thread.work();
    expect(await readdir(thread.tree)).toEqual([]);
    await answer(thread, 'approve');
    expect((await thread.state()).run).toMatchObject({ status: 'completed', outcome: 'Done.' });
    expect(await readdir(thread.tree)).toEqual(['a']);
    expect(seen).toHaveLength(4);
  });

  it('that needs no steps is tried again another way where its dry run is sent back', async () => {
    const make = (path: string) => calls('', call('create_file', { path, content: path }));
    const thread = await open(scripted({ answers: [make('a'), { content: 'Done.' }, make('b'), { content: 'Done again.' }] }), {
      dryRun: true,
    });
    await thread.work();
    await answer(thread, 'modify', 'call it b');
    const effect = { changes: { files: [{ path: 'b' }] } };
    expect(openApprovals(await thread.state())).toMatchObject([{ kind: 'plan', action: { steps: [], effect } }]);
    expect((await thread.state()).items.filter(({ kind }) => kind === 'plan')).toEqual([]);
    await answer(thread, 'approve');
    expect((await thread.state()).run).toMatchObject({ status: 'completed', outcome: 'Done again.' });
    expect(await readdir(thread.tree)).toEqual(['b']);
  });
});
