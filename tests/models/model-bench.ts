import type { ChatCompletionRequest, Fixture } from '@copilotkit/aimock';
import { answerApproval } from '#lib/approvals/answer-approval.ts';
import { openApprovals } from '#lib/core/state.ts';
import type { CreateThread } from '#lib/threads/create-thread.ts';
import { testWorker } from '#tests/test-worker.ts';
import type { MoveAgent } from '#workers/agents/agent.ts';
import type { Patience } from '#workers/agents/model/call-model.ts';
import { createModelAgent } from '#workers/agents/model/model-agent.ts';
import type { Respond } from './model-services.ts';
import { askedFor, hasty, textOf } from './scripted-model.ts';

export type ModelThread = Awaited<ReturnType<Awaited<ReturnType<typeof testWorker>>['open']>>;

/** The model agent on a worker, with a script in the model's place. `seen`: what the model was asked since the last thread was opened. */
export async function modelBench({ chunkSize }: { chunkSize?: number } = {}) {
  let respond: Respond = () => ({ content: 'Done.' });
  const seen: ChatCompletionRequest[] = [];
  const bench = await testWorker({
    chunkSize,
    respond: (request) => {
      seen.push(request);
      return respond(request);
    },
  });
  if (!bench.models) throw new Error('There are no models.');
  const { models } = bench;

  async function open(script: Respond, options: Partial<CreateThread> = {}, by: MoveAgent = createModelAgent({ patience: hasty })) {
    respond = script;
    seen.length = 0;
    return bench.open(by, { agent: 'model', ...options });
  }

  return {
    ...bench,
    models,
    mock: models.mock,
    seen,
    open,
    /** Opens a thread and works on it, over the protocol in which a script may fail in most ways. */
    async work(script: Respond, options: Partial<CreateThread> = {}, patience: Patience = hasty) {
      const thread = await open(script, { model: 'openai/local-model', ...options }, createModelAgent({ patience, openAi: 'chat' }));
      await thread.work();
      return thread;
    },
    async answer(thread: ModelThread, decision: 'approve' | 'reject' | 'modify', note = '') {
      const [approval] = openApprovals(await thread.state());
      await answerApproval(bench.context, { approvalId: approval?.approvalId ?? 'none', decision, note });
      await thread.work();
    },
    /** The next request for an answer gets this in place of what the script says, once. */
    once(fixture: Omit<Fixture, 'match'>) {
      let left = 1;
      models.mock.prependFixture({ ...fixture, match: { predicate: (request) => askedFor(request) === 'answer' && left-- > 0 } });
    },
    /** What the model was shown last of one speaker. */
    heard: (role: 'user' | 'tool' | 'assistant' = 'user') => textOf(seen.at(-1) ?? { model: '', messages: [] }, role),
  };
}
