import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { openApprovals } from '#lib/core/state.ts';
import { modelBench } from '#tests/models/model-bench.ts';
import type { Respond } from '#tests/models/model-services.ts';
import { answersIn, askedFor, call, calls, scripted, step, textOf } from '#tests/models/scripted-model.ts';

const patiently = { timeout: 50_000 };
const { seen, open, work, answer, heard } = await modelBench();
const done = scripted({ answers: [{ content: 'Done.' }] });

describe('a model', () => {
  it('hears what is wrong with a call that no tool understands, and does better', async () => {
    const thread = await work(
      scripted({
        answers: [
          calls('', call('run_command', { cmd: 'ls' }), { name: 'rm_rf', arguments: '{}' }, { name: 'read_file', arguments: '{"path": ' }),
          calls('', call('create_file', { path: 'a', content: '' })),
          { content: 'Done.' },
        ],
      }),
    );
    const { run, items } = await thread.state();
    expect(run).toMatchObject({ status: 'completed', calls: [{ call: { tool: 'create_file' } }] });
    expect(items.find(({ kind }) => kind === 'notice')).toMatchObject({
      tone: 'warn',
      text: 'A call of run_command was not run; A call of rm_rf was not run; A call of read_file was not run',
      details: expect.arrayContaining(['rm_rf: There is no tool "rm_rf".\n{}']),
    });
    const said = textOf(seen.find((request) => answersIn(request) === 1)!, 'tool');
    expect(said).toContain('There is no tool "rm_rf".');
    expect(said).toMatch(/command: /);
  });

  it.each([
    ['cannot make itself understood', calls('', { name: 'nothing', arguments: '{}' })],
    ['only speaks of its plan', calls('', call('update_plan', { replan: { reason: 'Hm.', steps: [step('s1', 'Think')] } }))],
    ['never comes to the end of a sentence', { content: 'And then', finishReason: 'length' }],
  ])('that %s is stopped, and a person asked', async (_, answered) => {
    const thread = await work(scripted({ answers: [answered] }));
    expect(openApprovals(await thread.state())).toMatchObject([
      { kind: 'recovery', reason: expect.stringContaining('5 answers in a row') },
    ]);
  });

  it('that writes what PostgreSQL cannot hold is taken without it', async () => {
    const odd = scripted({
      answers: [calls('a\0b', call('create_file', { path: 'a\0.txt', content: 'x\0\ud800y' })), { content: 'Done\0.' }],
    });
    const thread = await work(odd);
    expect((await thread.state()).run).toMatchObject({ status: 'completed', outcome: 'Done.' });
    expect(await readFile(join(thread.tree, 'a.txt'), 'utf8')).toBe('x\ufffdy');
  });

  it('that gives no readable plan works without one', async () => {
    const thread = await work((request) => (askedFor(request) === 'plan' ? { content: 'I would first...' } : done(request)));
    expect((await thread.state()).run).toMatchObject({ status: 'completed', planRevision: 0 });
    expect(seen.map(askedFor)).toEqual(['plan', 'plan', 'answer']);
  });

  it('that goes round in circles is told so, and then a person is asked', async () => {
    const thread = await work(scripted({ answers: [calls('', call('list_files', {}))] }));
    expect(openApprovals(await thread.state())).toMatchObject([{ kind: 'recovery', reason: expect.stringContaining('same call 5 times') }]);
    expect(seen.filter((request) => textOf(request, 'user').includes('You made the same call 3 times'))).toHaveLength(2);
    await answer(thread, 'reject');
    expect((await thread.state()).run).toMatchObject({ status: 'failed' });
  });

  it('whose calls fail one after the other is told to look for the reason, and then a person is asked', async () => {
    const script: Respond = (request) =>
      askedFor(request) === 'plan'
        ? { content: '{"steps":[]}' }
        : calls('', call('run_command', { command: `exit ${1 + answersIn(request)}` }));
    const thread = await work(script);
    expect(openApprovals(await thread.state())).toMatchObject([
      { reason: '6 calls in a row did not go through. Let the agent try on? Reject ends the run.' },
    ]);
    expect(heard()).toContain('3 calls in a row did not go through.');
    await answer(thread, 'approve', 'Mind the path');
    expect(heard()).toContain('The person says: go on, and try again.\n\nThe person says: Mind the path');
    expect(heard().split('Mind the path')).toHaveLength(2);
    expect((await thread.state()).run?.calls).toHaveLength(12);
  });

  it('that leaves a step failed is asked about once, and ends as it says', async () => {
    const thread = await work(
      scripted({
        plan: [step('s1', 'Reach the moon')],
        answers: [
          calls('', call('update_plan', { finished: [{ step_id: 's1', status: 'failed', note: 'Too far' }] })),
          { content: 'I could not.' },
        ],
      }),
    );
    expect(openApprovals(await thread.state())).toMatchObject([
      { stepId: 's1', reason: '"Reach the moon" failed (Too far), and no other way was found. Try again? Reject ends the run.' },
    ]);
    expect(textOf(seen.at(-1)!, 'tool')).toContain('Try another way with replan');
    await answer(thread, 'reject');
    expect((await thread.state()).run).toMatchObject({ status: 'failed', outcome: 'I could not.' });
  });

  it('is told the truth about a call that its worker did not survive', async () => {
    const script = scripted({
      answers: [calls('', call('run_command', { command: 'echo half > a; sleep 60' })), { content: 'Stopped there.' }],
    });
    const thread = await open(script);
    const stop = new AbortController();
    const working = thread.work(stop.signal);
    await expect.poll(async () => (await thread.state()).run?.calls[0]?.status, patiently).toBe('running');
    stop.abort();
    await working;
    await thread.work();
    expect((await thread.state()).run).toMatchObject({ status: 'completed', outcome: 'Stopped there.' });
    expect(heard('tool')).toContain('Interrupted: Choir stopped while this ran. Nothing of it was kept.');
    expect(await readdir(thread.tree)).toEqual([]);
  });
});
