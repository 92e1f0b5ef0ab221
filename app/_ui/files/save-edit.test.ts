import { describe, expect, it } from 'vitest';
import { RequestError } from '../../_live/request.ts';
import { type Edit, saveEdit } from './save-edit.ts';

/** A file that is saved as Choir does: on top of the checkpoint that it was edited on, and the same text once. */
function file(text = 'one') {
  const states = [text];
  /** Sent in vain; and taken, but never answered. */
  const away = new Set<string>();
  const lost = new Set<string>();
  const tracked: Edit[] = [];
  let lostAs = 0;
  const put = async (words: string, base: string) => {
    if (words === 'refused') throw new RequestError(409, 'An agent is at work here.', { code: 'conflict', reason: 'run-active' });
    if (away.delete(words)) throw new RequestError(0, 'Choir cannot be reached.');
    if (states.at(-1) !== words) {
      if (states.at(-1) !== states[Number(base)])
        throw new RequestError(409, 'This file has changed since you opened it.', { code: 'conflict', reason: 'file-moved' });
      states.push(words);
    }
    if (lost.delete(words)) throw new RequestError(lostAs, 'Choir cannot be reached.', lostAs > 0 ? { code: 'unavailable' } : {});
    const number = states.length - 1;
    return { checkpointId: `${number}`, number, seq: number, changed: true };
  };
  const save = (words: string, status = 0) => {
    lostAs = status;
    return saveEdit(words, tracked.at(-1) ?? { base: '0' }, { put, track: (edit) => tracked.push(edit) });
  };
  return { states, away, lost, tracked, save };
}

describe('an edit that is saved', () => {
  it('stands on what was saved before it, though nobody was told that this had arrived', async () => {
    const { states, lost, tracked, save } = file();
    lost.add('two');
    await expect(save('two')).rejects.toThrow('reached');
    expect(tracked.at(-1)).toEqual({ base: '0', unanswered: ['two'] });
    await save('two and three');
    expect(states).toEqual(['one', 'two', 'two and three']);
    expect(tracked.at(-1)).toEqual({ base: '2' });
  });

  it('leaves out what was typed away again before any of it arrived', async () => {
    const { states, away, save } = file();
    away.add('two secret');
    await expect(save('two secret')).rejects.toThrow('reached');
    await save('two');
    expect(states).toEqual(['one', 'two']);
  });

  it('stands on the one that arrived of several that nobody answered', async () => {
    const { states, away, lost, save } = file();
    lost.add('two');
    away.add('two and three');
    await expect(save('two')).rejects.toThrow('reached');
    await expect(save('two and three')).rejects.toThrow('reached');
    await save('two, three and four');
    expect(states).toEqual(['one', 'two', 'two, three and four']);
  });

  it('conflicts with what another one saved', async () => {
    const { states, lost, save } = file();
    lost.add('two');
    await expect(save('two')).rejects.toThrow('reached');
    states.push('theirs');
    await expect(save('two and three')).rejects.toThrow('has changed');
    expect(states).toEqual(['one', 'two', 'theirs']);
  });

  it('may have arrived where Choir broke after it', async () => {
    const { tracked, states, lost, save } = file();
    lost.add('two');
    await expect(save('two', 503)).rejects.toThrow();
    expect(tracked.at(-1)).toEqual({ base: '0', unanswered: ['two'] });
    await save('two and three');
    expect(states.at(-1)).toBe('two and three');
  });

  it('knows of no text that was refused', async () => {
    const { tracked, save } = file();
    await expect(save('refused')).rejects.toThrow('at work');
    expect(tracked.at(-1)).toEqual({ base: '0' });
  });
});
