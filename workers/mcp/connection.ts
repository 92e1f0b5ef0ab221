import type { Transport } from '@modelcontextprotocol/sdk/shared/transport.js';

/** A way to a server, good for one conversation. */
export type Connection = {
  transport: Transport;
  /** How the server ended by itself, or null while it has not. */
  ended(): string | null;
  /** Whether it refused to talk with somebody whom it does not know. */
  wantsSignIn(): boolean;
  close(): Promise<void>;
};
