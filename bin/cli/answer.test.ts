import { expect, test } from 'vitest';
import { approvalKinds } from '#lib/core/approval.ts';
import type { ApprovalState } from '#lib/core/state.ts';
import { askApproval, consentTo } from './answer.ts';
import type { Client } from './client.ts';
import { openTerminal } from './terminal.ts';

test('--yes approves what a revert takes back, --yes-outside what it cannot; money, retries and terminals stay with the person', () => {
  const approved = (consent: Parameters<typeof consentTo>[1]) => approvalKinds.filter((kind) => consentTo(kind, consent) === 'approve');
  expect(approved({ yes: false, yesOutside: false })).toEqual([]);
  expect(approved({ yes: true, yesOutside: false })).toEqual(['effect', 'plan', 'action', 'turn']);
  expect(approved({ yes: false, yesOutside: true })).toEqual(['outside', 'unisolated']);
});

function scripted(...lines: string[]) {
  const asked: string[] = [];
  const answer = async (question: string) => {
    asked.push(question);
    return lines.shift() ?? '';
  };
  const terminal = { ...openTerminal({ NODE_ENV: 'test' }), ask: answer, askSecret: (question: string) => answer(`hidden:${question}`) };
  const sent: unknown[] = [];
  const client = { send: async (_: string, body: unknown) => void sent.push(body) } as unknown as Client;
  const ask = (kind: ApprovalState['kind'], secret?: boolean) => {
    const action = { cwd: '.', network: false, baseCheckpointId: 'cp_1', hash: '', secret };
    const approval = { approvalId: 'ap_1', runId: 'ru_1', kind, action, reason: 'It waits.', requestedAt: '' };
    return askApproval(client, terminal, { threadId: 'th_1', approval, signal: new AbortController().signal });
  };
  return { asked, sent, ask };
}

test.each(['t', 'type', 'm'])('%s gives a terminal that waits its words', async (choice) => {
  const { asked, sent, ask } = scripted(choice, 'yes, do');
  await ask('prompt');
  expect(asked).toEqual(['  [a]pprove  [r]eject  [t]ype > ', '  What to type? > ']);
  expect(sent).toEqual([{ decision: 'modify', note: 'yes, do' }]);
});

test('a password is typed unseen, and nothing typed asks again', async () => {
  const { asked, sent, ask } = scripted('t', '', 't', 'secret');
  await ask('prompt', true);
  expect(asked.map((question) => question.startsWith('hidden:'))).toEqual([false, true, false, true]);
  expect(sent).toEqual([{ decision: 'modify', note: 'secret' }]);
});

test('anything but a terminal is modified', async () => {
  const { asked, ask } = scripted('m', 'smaller');
  await ask('recovery');
  expect(asked).toEqual(['  [a]pprove  [r]eject  [m]odify > ', '  What should change? > ']);
});
