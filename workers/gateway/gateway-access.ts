import type { ProviderId } from '#lib/core/model-call.ts';

/** A worker's way to the model gateway. */
export type Gateway = {
  /** Providers that the gateway has a key or an address for. */
  providers: ProviderId[];
  /** Answers `http://gateway/<provider>/...` through the gateway's socket. */
  fetch: typeof fetch;
  /** Folder of the gateway's socket, for sandboxes. */
  folder: string;
  /** Stands for every provider's key, as long as the run is active. */
  tokenFor(run: { threadId: string; runId: string }): string;
};

export const noGateway: Gateway = {
  providers: [],
  fetch: () => Promise.reject(new Error('No model is configured.')),
  folder: '',
  tokenFor: () => '',
};
