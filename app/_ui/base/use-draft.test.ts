import { describe, expect, it } from 'vitest';
import { withoutSent, withWordsBack } from './use-draft.ts';

describe('words on their way', () => {
  it('leave in the field what was typed meanwhile, before or instead of them', () => {
    expect(withoutSent('one', 'one')).toBe('');
    expect(withoutSent('one and two', 'one')).toBe(' and two');
    expect(withoutSent('two', 'one')).toBe('two');
  });

  it('come back below what stands there', () => {
    expect(withWordsBack(' ', 'one')).toBe('one');
    expect(withWordsBack('two ', 'one')).toBe('two\n\none');
  });
});
