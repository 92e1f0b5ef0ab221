import { describe, expect, it } from 'vitest';
import { type Asked, createAsking, nothingYet } from './asking.ts';
import { RequestError } from './request.ts';

function opened() {
  const askings: (PromiseWithResolvers<string> & { signal: AbortSignal; onPart(answer: string): void })[] = [];
  const shown: Asked<string>[] = [];
  const asking = createAsking<string>(
    (signal, onPart) => {
      const answer = { ...Promise.withResolvers<string>(), signal, onPart };
      askings.push(answer);
      return answer.promise;
    },
    (asked) => shown.push(asked),
  );
  const settled = () => new Promise(setImmediate);
  return { asking, askings, shown, settled };
}

describe('what is asked for anew', () => {
  it('shows what the newest asking came to, and stops the one before it', async () => {
    const { asking, askings, shown, settled } = opened();
    asking.begin();
    asking.begin();
    expect(askings.map(({ signal }) => signal.aborted)).toEqual([true, false]);
    askings[1]?.resolve('rows');
    await settled();
    askings[0]?.reject(new RequestError(0, 'away'));
    await settled();
    expect(shown).toEqual([nothingYet, nothingYet, { answer: 'rows', failure: null, isBusy: false }]);
  });

  it('says why it failed, until it is asked for once more', async () => {
    const { asking, askings, shown, settled } = opened();
    asking.begin();
    askings[0]?.reject(new RequestError(0, 'away'));
    await settled();
    expect(shown.at(-1)).toEqual({ answer: null, failure: 'away', isBusy: false });
    asking.begin();
    expect(shown.at(-1)).toEqual(nothingYet);
  });

  it('shows what has come so far, and keeps it where the rest does not come', async () => {
    const { asking, askings, shown, settled } = opened();
    asking.begin();
    asking.begin();
    askings[0]?.onPart('of before');
    askings[1]?.onPart('one');
    askings[1]?.reject(new RequestError(0, 'away'));
    await settled();
    const part = { answer: 'one', failure: null, isBusy: true };
    expect(shown).toEqual([nothingYet, nothingYet, part, { ...part, failure: 'away', isBusy: false }]);
  });

  it('ends where nobody looks any more', async () => {
    const { asking, askings, shown, settled } = opened();
    asking.begin();
    asking.stop();
    expect(askings[0]?.signal.aborted).toBe(true);
    askings[0]?.resolve('rows');
    await settled();
    expect(shown).toEqual([nothingYet]);
  });
});
