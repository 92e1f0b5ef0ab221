import { Agent, fetch as socketFetch } from 'undici';
import type { ProviderId } from '#lib/core/model-call.ts';
import type { ChoirHome } from '#lib/home.ts';
import { type RunRef, runTokenSecret, signRunToken } from './run-token.ts';

/** A worker's way to the model gateway. */
export type Gateway = {
  /** Providers that the gateway has a key or an address for. */
  providers: ProviderId[];
  /** Answers `http://gateway/<provider>/...` through the gateway's socket. */
  fetch: typeof fetch;
  /** Folder of the gateway's socket, for sandboxes. */
  folder: string;
  /** Stands for every provider's key, as long as the run is active. */
  tokenFor(run: RunRef): string;
};

/** Connects at each call, so it outlives the gateway's restarts. Makes the installation's signing secret where there is none. */
export function openGateway({ home, providers }: { home: ChoirHome; providers: ProviderId[] }): Gateway & { close(): Promise<void> } {
  const secret = runTokenSecret(home);
  // How long a provider may be silent is the gateway's to say.
  const dispatcher = new Agent({ connect: { socketPath: home.gatewaySocket }, headersTimeout: 0, bodyTimeout: 0 });
  const fetchThroughSocket = (input: string | URL, init: Parameters<typeof socketFetch>[1] = {}) => {
    const url = new URL(input);
    if (url.origin !== 'http://gateway') return Promise.reject(new TypeError(`${url.origin} is not the model gateway.`));
    return socketFetch(url, { ...init, dispatcher });
  };
  return {
    providers,
    fetch: fetchThroughSocket as unknown as typeof fetch,
    folder: home.gateway,
    tokenFor: (run) => signRunToken(secret, run),
    close: () => dispatcher.close(),
  };
}
