import type { Walled } from '../local/walls/start-walled.ts';

/** What a relay is told to start, as JSON on its standard input: it holds the program's variables, which no command line may show. */
export type RelayPlan = Pick<Walled, 'bubblewrap' | 'folder' | 'overlayOptions' | 'box' | 'limits' | 'cwd' | 'argv'>;

/** What it says on its standard output once workers can attach. */
export const relayReady = 'ready\n';
