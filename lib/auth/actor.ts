import type { FaceName } from '#lib/core/event.ts';

/** Who is asking. Every verb takes one and checks it first. `cause` names what asked, such as an update of Telegram: see `findCaused`. */
export type Actor =
  | { kind: 'person'; userId: string; workspaceId: string; role: 'owner' | 'member'; via: FaceName; credentialId: string; cause?: string }
  | { kind: 'worker'; workerId: string };
