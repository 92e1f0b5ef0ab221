import { expect, test } from 'vitest';
import type { CallState } from '#lib/core/state.ts';
import type { Sitting } from '../sitting.ts';
import { closeNetwork, openNetwork } from './session-network.ts';

/** A program's one way out, as it stands. */
function wayOut() {
  let hosts: string[] = [];
  let contact: (host: string) => void = () => {};
  const session = {
    async allowHosts(allowed: string[], onContact?: (host: string) => void) {
      hosts = allowed;
      contact = onContact ?? (() => {});
    },
  };
  const sitting = { session, waysOut: new Map() } as unknown as Sitting;
  const open = (callId: string, ...allowed: string[]) =>
    openNetwork(sitting, 'pr_1', { callId, call: { tool: 'run_command' } } as CallState, { mode: 'allow', hosts: allowed });
  return {
    sitting,
    open,
    hosts: () => hosts,
    reach: (host: string) => contact(host),
    reachedBy: (id: string) => sitting.waysOut.get(id)?.reached,
  };
}

test('each of two calls at the same time reaches what it may, and no longer than it is open', async () => {
  const { sitting, open, hosts, reach, reachedBy } = wayOut();
  await open('a', '*.example.org', '!secret.example.org');
  await open('b', 'example.com');
  expect(hosts()).toEqual(['*.example.org', '!secret.example.org', 'example.com']);
  reach('api.example.org:443');
  reach('example.com:443');
  expect([reachedBy('a'), reachedBy('b')]).toEqual([new Set(['api.example.org:443']), new Set(['example.com:443'])]);
  await closeNetwork(sitting, 'b');
  expect(hosts()).toEqual(['*.example.org', '!secret.example.org']);
  expect(reachedBy('a')).toEqual(new Set(['api.example.org:443']));
  await closeNetwork(sitting, 'a');
  expect(hosts()).toEqual([]);
});
