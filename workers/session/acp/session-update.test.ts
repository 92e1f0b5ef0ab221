import { describe, expect, test } from 'vitest';
import { choose, readPermissionRequest, readUpdate } from './session-update.ts';

describe('a permission', () => {
  const request = (...kinds: string[]) =>
    readPermissionRequest({ toolCall: { toolCallId: 't' }, options: kinds.map((kind) => ({ optionId: kind, kind })) });

  test('is given or refused once, never for always', () => {
    const asked = request('allow_always', 'allow_once', 'reject_once', 'reject_always');
    expect(asked && choose(asked, 'allow')).toEqual({ outcome: { outcome: 'selected', optionId: 'allow_once' } });
    expect(asked && choose(asked, 'reject')).toEqual({ outcome: { outcome: 'selected', optionId: 'reject_once' } });
    const always = request('allow_always');
    expect(always && choose(always, 'allow')).toEqual({ outcome: { outcome: 'cancelled' } });
  });

  test('that is none is not read', () => {
    for (const params of [null, {}, { options: [] }, { toolCall: {}, options: [] }]) expect(readPermissionRequest(params)).toBeNull();
    expect(readUpdate({ update: { sessionUpdate: 'unheard of' } })).toBeNull();
  });
});
