import { describe, expect, it } from 'vitest';
import { advanceLink, type LinkEvent, startLink } from './link.ts';

const at = (minute: number) => `2026-01-01T12:0${minute}:00.000Z`;

function linkAfter(...types: LinkEvent['type'][]) {
  return types.reduce((link, type, index) => advanceLink(link, { type, at: at(index + 1) }), startLink(at(0)));
}

describe('the link', () => {
  it('is live only once the wire is open and the gap is read', () => {
    expect(linkAfter('opened').phase).toBe('catching-up');
    expect(linkAfter('repaired').phase).toBe('connecting');
    expect(linkAfter('opened', 'repaired').phase).toBe('live');
  });

  it('catches up again after a missed event', () => {
    expect(linkAfter('opened', 'repaired', 'gap').phase).toBe('catching-up');
  });

  it('says as of when the thread is complete while it is offline', () => {
    expect(linkAfter('opened', 'repaired', 'lost', 'unreachable')).toMatchObject({ phase: 'offline', asOf: at(3) });
  });

  it('never calls an offline thread live because an older read came back', () => {
    expect(linkAfter('opened', 'repaired', 'lost', 'repaired')).toMatchObject({ phase: 'offline', asOf: at(4) });
  });

  it('stays gone once its thread is deleted', () => {
    expect(linkAfter('opened', 'repaired', 'gone', 'lost', 'opened', 'repaired')).toMatchObject({ phase: 'gone', asOf: at(3) });
  });

  it('is live again once a gap that could not be read is read on a wire that stayed open', () => {
    expect(linkAfter('opened', 'unreachable').phase).toBe('offline');
    expect(linkAfter('opened', 'unreachable', 'repaired').phase).toBe('live');
  });
});
