import type { FaceName } from '#lib/core/event.ts';

/** Who is asking. Every verb takes one and checks it first. */
export type Actor =
  | { kind: 'person'; userId: string; workspaceId: string; role: 'owner' | 'member'; via: FaceName; credentialId: string }
  | { kind: 'worker'; workerId: string };
