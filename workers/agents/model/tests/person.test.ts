import { readdir } from 'node:fs/promises';
import { describe, expect, it } from 'vitest';
import { answerApproval } from '#lib/approvals/answer-approval.ts';
import { followTyping } from '#lib/bus/follow-typing.ts';
import { openApprovals } from '#lib/core/state.ts';
import { saveFile } from '#lib/files/save-file.ts';
import { revertPart } from '#lib/review/revert-part.ts';
import { cancelRun } from '#lib/threads/cancel-run.ts';
import { postMessage } from '#lib/threads/post-message.ts';
import { modelBench } from '#tests/models/model-bench.ts';
import { call, calls, scripted } from '#tests/models/scripted-model.ts';

const { context, seen, open, answer, heard } = await modelBench();

describe('a person', () => {
  it('sees the words of the model while it writes them', async () => {
    const thread = await open(scripted({ answers: [{ content: 'These are quite a few words.' }] }));
    const frames: string[] = [];
    const { workspaceId } = await thread.state();
    const typing = followTyping(context.bus, workspaceId, thread.threadId, ({ text }) => frames.push(text));
    await context.bus.connection.flush();
    await thread.work();
    await expect.poll(() => frames.join('')).toBe('These are quite a few words.');
    typing.close();
    expect(frames.length).toBeGreaterThan(1);
  });

  it('stops a model that thinks without end', async () => {
    const thread = await open(() => new Promise(() => {}));
    const working = thread.work();
    await expect.poll(() => seen.length).toBe(1);
    await cancelRun(context, { threadId: thread.threadId });
    await working;
    expect((await thread.state()).run).toMatchObject({ status: 'cancelled' });
  });

  it('is heard in the middle of the work', async () => {
    const script = scripted({
      answers: [
        calls('One.', call('create_file', { path: 'one.txt', content: '1' })),
        calls('Two.', call('create_file', { path: 'two.txt', content: '2' })),
        { content: 'Both.' },
      ],
    });
    const thread = await open(async (request) => {
      if (seen.length === 2) await postMessage(context, { threadId: thread.threadId, text: 'Call the second one zwei.txt' });
      return script(request);
    });
    await thread.work();
    const { run } = await thread.state();
    expect(run).toMatchObject({ status: 'completed', guidance: [{ delivered: true }] });
    expect(heard()).toContain('The person says: Call the second one zwei.txt');
    expect(seen.at(-1)?.messages.filter(({ role }) => role === 'user')).toHaveLength(2);
  });

  it('is obeyed when they say no, and their words are passed on', async () => {
    const thread = await open(
      scripted({
        answers: [
          calls('', call('create_file', { path: 'a', content: 'a' }), call('delete_path', { path: 'a' })),
          { content: 'It stays.' },
        ],
      }),
    );
    await thread.work();
    await answer(thread, 'reject', 'I need it');
    expect((await thread.state()).run).toMatchObject({ status: 'completed', outcome: 'It stays.' });
    expect(heard('tool')).toMatch(/Rejected: The person said no\. Nothing of it was kept\.\nThe person says: I need it/);
    expect(await readdir(thread.tree)).toEqual(['a']);
  });

  it('who keeps only some files of an effect leaves no model in the dark', async () => {
    const thread = await open(
      scripted({
        answers: [
          calls('', call('create_file', { path: 'a', content: 'a' }), call('run_command', { command: 'rm a; touch b', cwd: '.' })),
          { content: 'I see.' },
        ],
      }),
    );
    await thread.work();
    const [approval] = openApprovals(await thread.state());
    await answerApproval(context, { approvalId: approval?.approvalId ?? '', decision: 'approve', keepPaths: ['b'], note: 'a stays' });
    await thread.work();
    expect(heard('tool')).toMatch(/Only a part of what this changed was kept: look at the files again\.\nThe person says: a stays/);
    expect((await readdir(thread.tree)).toSorted()).toEqual(['a', 'b']);
  });

  it('who edits a file while they are asked, or takes back a change between two goals, leaves no model in the dark', async () => {
    const script = scripted({
      answers: [
        calls('', call('create_file', { path: 'a.txt', content: 'a\n' }), call('create_file', { path: 'b.txt', content: 'b\n' })),
        calls('', call('delete_path', { path: 'b.txt' })),
        { content: 'Done.' },
        { content: 'I see.' },
      ],
    });
    const thread = await open(script);
    await thread.work();
    const { threadId } = thread;
    await saveFile(context, { threadId, path: 'a.txt', text: 'mine\n', baseCheckpointId: '2' });
    await answer(thread, 'reject', 'I need it');
    expect((await thread.state()).run).toMatchObject({ status: 'completed', outcome: 'Done.' });
    expect(heard()).toContain('These files changed without you.');
    expect(heard()).toContain('<data name="changed files">\na.txt: modified\n</data>');

    await revertPart(context, { threadId, path: 'b.txt', to: '2', reason: 'one is enough' });
    await postMessage(context, { threadId, text: 'Look again' });
    await thread.work();
    const words = heard().split('Look again').at(-1);
    expect(words).toContain('<data name="changed files">\nb.txt: a person took back a change\n</data>');
    expect(words).toContain('The person says of what they took back: one is enough');
    expect(words).not.toContain('a.txt: modified');
  });
});
