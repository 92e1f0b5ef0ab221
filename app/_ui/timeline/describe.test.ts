import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { eventTypes, type LedgerEvent } from '#lib/core/event.ts';
import { eventKinds, kindOf, typesOf } from '#lib/core/event-kind.ts';
import { describeCall } from '#lib/core/words/describe-call.ts';
import { ledgerOf } from '#tests/builders/ledger.ts';
import { askingThread, resultOf, revertedThread, workingThread } from '#tests/builders/sample-threads.ts';
import { begunBy } from './begun-by.ts';
import { type Detail, detailEvent } from './detail-event.ts';
import { summarizeEvent } from './summarize-event.ts';
import { filterQuery, parseFilter } from './timeline-filter.ts';

const samples: LedgerEvent[] = [...workingThread(), ...askingThread(), ...revertedThread()];
const wordsIn = (details: Detail[]) => details.flatMap((detail) => (detail.kind === 'changes' ? [] : [`${detail.label}: ${detail.text}`]));

function answered(content: unknown): LedgerEvent {
  const [event] = ledgerOf([
    { type: 'model.answered', data: { answerId: 'an_1', calls: [], messages: [{ role: 'assistant', content } as never] } },
  ]);
  return event as LedgerEvent;
}

describe('an event in a timeline', () => {
  it('has one line, whatever it is', () => {
    for (const event of samples) {
      const { what, object = '' } = summarizeEvent(event);
      expect(what, event.type).not.toBe('');
      expect(object).not.toContain('\n');
      expect(object.length).toBeLessThanOrEqual(240);
    }
  });

  it('says why, how sure, what exactly and what came of it', () => {
    const proposed = samples.find((event) => event.type === 'tool.proposed' && event.data.callId === 'ca_3') as LedgerEvent;
    expect(wordsIn(detailEvent(proposed))).toEqual([
      'Why: One place for rounding.',
      'How sure: 90 %',
      expect.stringMatching(/^Content: export function roundToCent/),
      'Allowed: Edits inside the working tree are free.',
    ]);
    const asked = samples.find((event) => event.type === 'approval.requested') as LedgerEvent;
    expect(detailEvent(asked).at(-1)).toMatchObject({ kind: 'changes', changes: { fileCount: 3 } });
  });

  it('says which call began or ended', () => {
    const at = (wanted: LedgerEvent['type']) => samples.findIndex(({ type }) => type === wanted);
    const line = (position: number) => {
      const event = samples[position] as LedgerEvent;
      return summarizeEvent(event, begunBy(event, position, { eventAt: (place) => samples[place] })).object ?? '';
    };
    const proposed = samples[at('tool.proposed')] as Extract<LedgerEvent, { type: 'tool.proposed' }>;
    const { object } = describeCall(proposed.data.call, 'wanted');
    expect(line(at('tool.started'))).toContain(object);
    expect(line(at('tool.finished'))).toContain(object);
    expect(line(at('goal.given'))).not.toContain(object);
  });

  it('says of an answer to a terminal that it was typed, where the question is among the events', () => {
    const action = { cwd: '.', network: false, baseCheckpointId: 'cp_1', hash: '' };
    const ledger = ledgerOf([
      { type: 'approval.requested', data: { approvalId: 'ap_1', kind: 'prompt', action, reason: 'It waits.' } },
      { type: 'approval.requested', data: { approvalId: 'ap_2', kind: 'recovery', action, reason: 'It failed.' } },
      { type: 'approval.answered', data: { approvalId: 'ap_1', decision: 'modify', note: 'y' } },
    ]);
    const answer = ledger[2] as LedgerEvent;
    expect(summarizeEvent(answer, begunBy(answer, 2, { eventAt: (place) => ledger[place] }))).toEqual({ what: 'Typed', object: 'y' });
    expect(summarizeEvent(answer, begunBy(answer, 2, { eventAt: () => undefined })).what).toBe('To be changed');
  });

  it('leaves what the agent heard of a person’s no to the answer, and calls it no failure', () => {
    const result = { ...resultOf({ status: 'rejected' }), error: 'The person asked for something else.' };
    const [event] = ledgerOf([{ type: 'tool.finished', data: { callId: 'ca_1', result } }]);
    expect(summarizeEvent(event as LedgerEvent)).toEqual({ what: 'Call rejected', object: '', tone: undefined });
    expect(detailEvent(event as LedgerEvent)).toEqual([]);
  });

  it('names a step by its title, as far as it is known', () => {
    const [started, failed, old] = ledgerOf([
      { type: 'step.started', data: { stepId: 's1', title: 'Round the prices' } },
      { type: 'step.finished', data: { stepId: 's1', title: 'Round the prices', status: 'failed', note: 'No room.' } },
      { type: 'step.started', data: { stepId: 's2' } },
    ]).map((event) => summarizeEvent(event));
    expect([started?.object, failed?.object, old?.object]).toEqual(['Round the prices', 'Round the prices: No room.', 's2']);
  });

  it('calls an agent by its name, and one that it does not know by its id', () => {
    const queued = { goalId: 'go_1', goal: 'Go', agentReason: 'chosen by the person', mode: 'assisted', dryRun: false } as const;
    const runs = ['claude-code', 'toString'].map((agent) => ({ type: 'run.queued' as const, data: { ...queued, agent } }));
    expect(ledgerOf(runs).map((event) => summarizeEvent(event).object)).toEqual(['Claude Code', 'toString']);
  });

  it('praises a run only for a whole plan', () => {
    const ends = (['whole', 'part', 'nothing'] as const).map((extent) => ({
      type: 'run.completed' as const,
      data: { summary: 'S.', extent },
    }));
    expect(ledgerOf(ends).map((event) => summarizeEvent(event))).toMatchObject([
      { what: 'Run done', tone: 'good' },
      { what: 'Run done in part', tone: undefined },
      { what: 'Nothing was done', tone: undefined },
    ]);
  });

  it("shows a model's reasoning, in whatever shape it came", () => {
    const parts = [
      { type: 'reasoning', text: 'First the sum.' },
      { type: 'text', text: 'Done.' },
      null,
      7,
      { type: 'reasoning', text: {} },
    ];
    expect(wordsIn(detailEvent(answered(parts)))).toEqual(['Reasoning: First the sum.', 'Words: Done.']);
    expect(wordsIn(detailEvent(answered('Plain.')))).toEqual(['Words: Plain.']);
    expect(detailEvent(answered(undefined))).toEqual([]);
  });

  it('is of exactly one kind', () => {
    expect(eventKinds.flatMap(typesOf).toSorted()).toEqual(eventTypes.toSorted());
    for (const type of eventTypes) expect(typesOf(kindOf(type))).toContain(type);
  });
});

describe('the filter in an address', () => {
  it('comes back as it was written', () => {
    const instant = fc.date({ min: new Date(0), max: new Date('2100-01-01'), noInvalidDate: true }).map((at) => at.toISOString());
    const words = fc
      .string({ unit: 'grapheme', minLength: 1, maxLength: 50 })
      .filter((text) => text.isWellFormed() && !text.includes('\0'));
    const filters = fc.record(
      { kind: fc.constantFrom(...eventKinds), agent: words, file: words, text: words, since: instant, until: instant },
      { requiredKeys: [] },
    );
    fc.assert(
      fc.property(filters, (filter) => {
        expect(parseFilter(Object.fromEntries(new URLSearchParams(filterQuery(filter))))).toEqual(filter);
      }),
    );
  });

  it('leaves out what makes no sense', () => {
    expect(
      parseFilter({ kind: 'constructor', agent: ['a', 'b'], text: '', file: 'x'.repeat(5_000), since: 'yesterday', until: '2026-01-01' }),
    ).toEqual({
      until: '2026-01-01T00:00:00.000Z',
    });
    expect(parseFilter({ text: 'a\0b', agent: '\ud800' })).toEqual({});
  });
});
