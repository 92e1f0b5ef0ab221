import { describe, expect, test } from 'vitest';
import type { ActiveRun, CallState, Guidance } from '#lib/core/state.ts';
import { nextPrompt, promptParams, readTurn, toldGuidance } from './next-prompt.ts';

const words = (guidanceId: string, delivered = false): Guidance => ({ guidanceId, text: guidanceId, at: '', delivered });
const call = (status: 'denied' | 'rejected' | 'succeeded') =>
  ({ callId: 'ca_1', call: { tool: 'run_command' }, result: { status } }) as CallState;
const runWith = (part: Partial<ActiveRun>) => ({ guidance: [], calls: [], approvals: [], ...part }) as unknown as ActiveRun;
const sent = (run: ActiveRun, guidance: Guidance[] = []) => ({
  id: 1,
  method: 'session/prompt',
  params: promptParams(run, 's', 'text', guidance),
});
const ended = { stopReason: 'end_turn' };
const why = (run: ActiveRun, prompts: ReturnType<typeof sent>[], turn = ended, endsOnReject = true) =>
  nextPrompt({ run, prompts, turn, endsOnReject })?.why ?? null;

describe('what an agent hears next', () => {
  test('begins with the goal, and with the words that came before it', () => {
    const run = runWith({ guidance: [words('gu_1')] });
    expect(nextPrompt({ run, prompts: [], turn: null, endsOnReject: false })).toEqual({ why: 'begin', guidance: run.guidance });
  });

  test('is nothing once its turn has ended', () => {
    expect(why(runWith({}), [sent(runWith({}))])).toBeNull();
  });

  test('is what the person said meanwhile, once', () => {
    const run = runWith({ guidance: [words('gu_1', true), words('gu_2')] });
    expect(nextPrompt({ run, prompts: [sent(run)], turn: ended, endsOnReject: false })?.guidance).toEqual([words('gu_2')]);
    const prompts = [sent(run), sent(run, [words('gu_2')])];
    expect(why(run, prompts)).toBeNull();
    expect(toldGuidance(run, prompts)).toEqual(['gu_2']);
  });

  test('is a word to go on where a no has ended its turn, once for each no', () => {
    const before = sent(runWith({}));
    const run = runWith({ calls: [call('succeeded'), call('denied')] });
    expect(why(run, [before])).toBe('refused');
    expect(why(run, [before], ended, false)).toBeNull();
    expect(why(run, [before, sent(run)])).toBeNull();
  });

  test('is what the person said with a no, also where the turn went on', () => {
    const before = sent(runWith({}));
    const refused = (note: string) =>
      runWith({ calls: [call('rejected')], approvals: [{ callId: 'ca_1', answer: { decision: 'reject', note } }] as never });
    expect(why(refused(''), [before], ended, false)).toBeNull();
    expect(why(refused('Not there'), [before], ended, false)).toBe('refused');
  });

  test('is to go on when it was stopped between two calls for nothing', () => {
    expect(why(runWith({}), [sent(runWith({}))], { stopReason: 'cancelled' })).toBe('stopped');
  });

  test('is nothing any more when it was told to go on again and again', () => {
    const run = runWith({ calls: [call('denied')] });
    expect(
      why(
        run,
        Array.from({ length: 50 }, () => sent(runWith({}))),
        { stopReason: 'cancelled' },
      ),
    ).toBeNull();
  });
});

test('a turn that could not come to its end says why', () => {
  expect(readTurn({ result: { stopReason: 'end_turn' } })).toEqual({ stopReason: 'end_turn' });
  expect(readTurn({ result: { stopReason: 'refusal' } }).trouble).toMatch(/refused/);
  expect(readTurn({ result: undefined, error: { code: -32603, message: 'No\0 model' } }).trouble).toBe('No\ufffd model');
  const far = 'error sending request for url (http://127.0.0.1:4010/openai/v1/responses)';
  expect(readTurn({ result: undefined, error: { code: -32603, message: far } }).trouble).toBe('error sending request for url (OpenAI)');
  expect(readTurn({ result: 'garbage' })).toEqual({ stopReason: 'end_turn' });
});
