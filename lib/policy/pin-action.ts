import { createHash } from 'node:crypto';
import type { PinnedAction } from '#lib/core/approval.ts';
import { canonicalJson } from './canonical-json.ts';

/**
 * The hash (sha-256, hex) that an approval pins: tool, arguments, steps, folder, network, base checkpoint and the commit of the effect.
 * Equal hashes mean that what is about to happen is exactly what the person saw.
 */
export function pinAction(action: Omit<PinnedAction, 'hash'>): string {
  const { call, steps, cwd, network, baseCheckpointId, effect, budget, screen } = action;
  const pinned = { call, steps, cwd, network, baseCheckpointId, effectCommit: effect?.commit, budget, screen };
  return createHash('sha256').update(canonicalJson(pinned)).digest('hex');
}
