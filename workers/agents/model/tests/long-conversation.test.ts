import type { ChatCompletionRequest } from '@copilotkit/aimock';
import { describe, expect, it } from 'vitest';
import { readHistory } from '#lib/threads/read-history.ts';
import { modelBench } from '#tests/models/model-bench.ts';
import { answersIn, askedFor, call, calls, scripted, textOf } from '#tests/models/scripted-model.ts';

const { context, seen, work, heard } = await modelBench({ chunkSize: 50_000 });

describe('a long conversation', () => {
  const page = 'All work and no play makes a long file.\n'.repeat(3_000);
  const write = (number: number) => calls('', call('create_file', { path: `page-${number}.txt`, content: `${number}\n${page}` }));
  const writer = scripted({ answers: [{ content: 'All pages are written.' }], summary: 'Three pages were written.' });

  it('is summarised before it outgrows the model, and goes on from there', async () => {
    const thread = await work((request) => {
      if (askedFor(request) !== 'answer') return writer(request);
      const written = (callsIn(request).match(/page-\d/g) ?? []).length;
      return textOf(request, 'user').includes('Three pages were written.') ? { content: 'All pages are written.' } : write(written + 1);
    });
    const state = await thread.state();
    expect(state.run).toMatchObject({ status: 'completed', outcome: 'All pages are written.' });
    const history = await readHistory(context.database, state);
    const compacted = history.filter((event) => event.type === 'context.compacted');
    expect(compacted).toHaveLength(1);
    expect(compacted[0]!.data.tokensAfter).toBeLessThan(compacted[0]!.data.tokensBefore / 2);
    expect(heard()).toContain('Goal: Do it');
    expect(seen.map(askedFor)).toEqual(['plan', 'answer', 'answer', 'answer', 'summary', 'answer']);
  });

  it('is summarised when the provider says that it is too long, in shorter pieces when that is, too', async () => {
    const script = scripted({
      answers: [calls('', call('list_files', {})), calls('', call('git_log', {})), { content: 'Done.' }],
      summary: 'Looked around.',
    });
    const thread = await work((request) => {
      const summarised = textOf(request, 'user').includes('Looked around.');
      if (askedFor(request) === 'answer' && summarised) return { content: 'Done.' };
      const tooLong = askedFor(request) === 'summary' && seen.filter((other) => askedFor(other) === 'summary').length === 1;
      if (answersIn(request) === 2 || tooLong)
        return { error: { message: "This model's maximum context length is 8192 tokens" }, status: 400 };
      return script(request);
    });
    expect((await thread.state()).run).toMatchObject({ status: 'completed', outcome: 'Done.' });
    expect(seen.map(askedFor)).toEqual(['plan', 'answer', 'answer', 'answer', 'summary', 'summary', 'answer']);
    const [first, second] = seen.filter((request) => askedFor(request) === 'summary').map((request) => textOf(request, 'user').length);
    expect(second).toBeLessThan(first!);
  });
});

function callsIn(request: ChatCompletionRequest): string {
  return JSON.stringify(request.messages.flatMap(({ tool_calls }) => tool_calls ?? []));
}
