import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { revealHidden } from '#lib/core/words/reveal-hidden.ts';
import { splitName } from './split-name.ts';

describe('splitName', () => {
  it('keeps the end of a long name, where it differs from its neighbours', () => {
    expect(splitName('meeting-notes-about-the-quarterly-report-15.md')).toEqual(['meeting-notes-about-the-quarterly-', 'report-15.md']);
  });

  it('leaves a short name whole', () => {
    expect(splitName('CONTRIBUTING.md')).toEqual(['CONTRIBUTING.md', '']);
  });

  it('leaves a name whole that would read otherwise in two parts', () => {
    const names = ['דוח-רבעוני-של-הנהלת-החשבונות.md', `invoice-of-the-month-\u202efdp.exe`];
    for (const name of names) expect(splitName(name)).toEqual([name, '']);
  });

  it('cuts no picture of emoji and no accent from its letter', () => {
    expect(splitName('a-family-on-the-beach-👩‍👩‍👧-2026.png')).toEqual(['a-family-on-the-beac', 'h-👩‍👩‍👧-2026.png']);
  });

  it('loses nothing, and hides nothing in either part', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', maxLength: 60 }), (name) => {
        const [start, end] = splitName(name);
        expect(start + end).toBe(name);
        if (end !== '') expect([...revealHidden(start), ...revealHidden(end)].some(({ hidden }) => hidden)).toBe(false);
      }),
    );
  });
});
