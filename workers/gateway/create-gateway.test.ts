import { expect, test } from 'vitest';
import { modelRequests } from '#tests/models/model-requests.ts';
import { tokens } from '#tests/models/model-services.ts';
import { testWorker } from '#tests/test-worker.ts';
import type { MoveAgent } from '../agents/agent.ts';

const idle: MoveAgent = {
  description: { id: 'idle', name: 'Idle', about: '', capabilities: [], cannot: [], providers: [], needs: [], modelUse: null },
  next: async () => ({ type: 'complete', summary: 'Done.' }),
};

const { open, models } = await testWorker({ respond: () => ({ content: 'It is four.', usage: tokens(1_200, 34) }) });
const { gateway, mock } = models!;

for (const { name, send } of modelRequests) {
  for (const stream of [false, true]) {
    test(`${name}${stream ? ', streaming' : ''}: passes the answer on and puts it on the bill before it ends`, async () => {
      const { threadId, runId, state } = await open(idle);
      const response = await send(gateway, gateway.tokenFor({ threadId, runId }), { stream, text: 'What is two and two?' });
      expect(response.status).toBe(200);
      expect(response.headers.get('content-type')).toContain(stream ? 'text/event-stream' : 'application/json');
      expect((await response.text()).replaceAll(/"(?:delta|text|content)":"/g, '')).toContain('four');
      const { run } = await state();
      expect(run?.cost).toEqual({ calls: 1, inputTokens: 1_200, outputTokens: 34, costUsd: expect.any(Number), unpricedCalls: 0 });
      expect(run?.cost.costUsd).toBeGreaterThan(0);
      expect(JSON.stringify(mock.getLastRequest()?.body)).toContain('two and two');
    });
  }
}
