import { expect, test } from 'vitest';
import type { ApprovalState } from '#lib/core/state.ts';
import type { Client } from '../client.ts';
import { openTerminal } from '../terminal.ts';
import { modify } from './answers.ts';

test.each([
  ['prompt', 'Typed.'],
  ['recovery', 'To be changed.'],
] as const)('says of words to a %s what became of them', async (kind: ApprovalState['kind'], said) => {
  const approval = { approvalId: 'ap_1', kind, answer: { decision: 'modify', note: 'yes' } };
  const sent: unknown[] = [];
  const client = {
    send: async (path: string, body: unknown) => {
      sent.push([path, body]);
      return { threadId: 'th_1' };
    },
    get: async () => ({ items: [{ kind: 'approval', approval }] }),
  } as unknown as Client;
  const printed: string[] = [];
  const terminal = { ...openTerminal({ NODE_ENV: 'test' }), print: (text: string) => void printed.push(text) };
  await modify.run({ client, terminal }, ['ap_1', '--note', 'yes']);
  expect(sent).toEqual([['/api/approvals/ap_1', { decision: 'modify', note: 'yes' }]]);
  expect(printed).toEqual([said]);
});
